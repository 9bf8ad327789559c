#pragma once

#include <string>

/** The library that multiplies matrices for libtorch. */
struct Blas {
  /** As the loader found it, which may be a link; empty where libtorch brings its own. */
  std::string link;
  /** Its file. */
  std::string file;
  /** e.g. `OpenBLAS 0.3.21`, else the file's name. */
  std::string name;
};

Blas blasOfLibtorch();
