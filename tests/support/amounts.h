// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

/// How much the largest tests do. A sanitizer makes them ten times slower, and a part of the rows or cases finds the
/// same faults.
#ifdef TCPSTEPS_SANITIZED
constexpr int manyRows = 100'000; ///< as many as the largest captures have, or a tenth
constexpr int nthCase = 5;        ///< tests of many seeds or combinations take every fifth
#else
constexpr int manyRows = 1'000'000;
constexpr int nthCase = 1; ///< every one
#endif
