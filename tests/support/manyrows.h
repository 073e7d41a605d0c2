// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

/// The rows of a test that has as many as the largest captures. With a sanitizer, a tenth: it takes ten times as long for
/// each, and finds the same in fewer.
#ifdef TCPSTEPS_SANITIZED
constexpr int manyRows = 100'000;
#else
constexpr int manyRows = 1'000'000;
#endif
