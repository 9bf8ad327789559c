#pragma once
#include <ATen/ATen.h>

/** @param x (…, channels), contiguous, float32 or bfloat16. @param mean, variance (channels), float32; the biased one. */
void batchNormStatistics(const at::Tensor& x, at::Tensor& mean, at::Tensor& variance);

/** y = act(x·scale + shift); y may be x. @param activation `none`, `relu`, `relu6` or `silu`. */
void affineActivation(const at::Tensor& x, const at::Tensor& scale, const at::Tensor& shift,
                      c10::string_view activation, at::Tensor& y);

/** Ioffe & Szegedy (2015), with the activation's slope computed anew from x, so that neither z nor y need be kept. */
void batchNormBackward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& gamma, const at::Tensor& beta,
                       const at::Tensor& mean, const at::Tensor& variance, double epsilon,
                       c10::string_view activation, at::Tensor& dx, at::Tensor& dgamma, at::Tensor& dbeta);

/**
 * Ulyanov et al. (2016): each sample of x by its own statistics, then a leaky ReLU (slope 1: none).
 * @param x (batch, …, channels), contiguous. @param mean, variance (batch, channels), float32: what they were.
 */
void instanceNorm(const at::Tensor& x, const at::Tensor& gamma, const at::Tensor& beta, double epsilon, double slope,
                  at::Tensor& y, at::Tensor& mean, at::Tensor& variance);

void instanceNormBackward(const at::Tensor& dy, const at::Tensor& x, const at::Tensor& gamma, const at::Tensor& beta,
                          const at::Tensor& mean, const at::Tensor& variance, double epsilon, double slope,
                          at::Tensor& dx, at::Tensor& dgamma, at::Tensor& dbeta);
