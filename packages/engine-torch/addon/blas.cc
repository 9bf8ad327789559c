#include "blas.h"

#include <ATen/Context.h>
#include <dlfcn.h>
#include <stdlib.h>

#include <memory>

namespace {

std::string fileOf(const void* symbol) {
  Dl_info found;
  return dladdr(symbol, &found) != 0 && found.dli_fname ? found.dli_fname : "";
}

std::string realPath(const std::string& path) {
  std::unique_ptr<char, decltype(&free)> resolved(realpath(path.c_str(), nullptr), &free);
  return resolved ? resolved.get() : path;
}

/** The first two words: `OpenBLAS 0.3.21 DYNAMIC_ARCH NO_AFFINITY …`. */
std::string nameAndVersion(const std::string& configuration) {
  auto name = configuration.find(' ');
  return name == std::string::npos ? configuration : configuration.substr(0, configuration.find(' ', name + 1));
}

}  // namespace

// Libraries of addons are loaded where only they see each other's symbols, so libtorch itself is asked, which looks through
// all that it was linked with.
Blas blasOfLibtorch() {
  auto libtorch = fileOf(reinterpret_cast<const void*>(&at::globalContext));
  std::unique_ptr<void, decltype(&dlclose)> handle(dlopen(libtorch.c_str(), RTLD_LAZY | RTLD_NOLOAD), &dlclose);
  if (!handle) return {};
  auto multiply = dlsym(handle.get(), "sgemm_");
  auto link = multiply ? fileOf(multiply) : "";
  if (link.empty() || realPath(link) == realPath(libtorch)) return {};
  auto file = realPath(link);
  auto configuration = reinterpret_cast<const char* (*)()>(dlsym(handle.get(), "openblas_get_config"));
  auto name = configuration ? nameAndVersion(configuration()) : file.substr(file.rfind('/') + 1);
  return {link, file, name};
}
