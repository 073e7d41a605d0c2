// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

/// The rows of a test that has as many as the largest captures. With a sanitizer, a tenth of them: each takes ten times
/// as long, and fewer find the same faults.
#ifdef TCPSTEPS_SANITIZED
constexpr int manyRows = 100'000;
#else
constexpr int manyRows = 1'000'000;
#endif
