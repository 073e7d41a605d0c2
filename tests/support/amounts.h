// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

/// How much the largest tests do. With a sanitizer each step takes ten times as long, and a part finds the same faults.
#ifdef TCPSTEPS_SANITIZED
constexpr int manyRows = 100'000; ///< as many as the largest captures have, or a tenth
constexpr int nthCase = 5;        ///< of all (seeds, combinations), one of so many is tested
#else
constexpr int manyRows = 1'000'000;
constexpr int nthCase = 1;
#endif
