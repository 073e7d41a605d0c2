// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QTest>

/// The longest wait of a test, for anything. A wait ends as soon as the thing is there, so only a test that fails takes
/// so long. A busy machine may need seconds to start a program, and a sanitizer makes everything several times slower.
#ifdef TCPSTEPS_SANITIZED
constexpr int patienceMs = 90'000;
#else
constexpr int patienceMs = 30'000;
#endif

// Qt Test waits for 5 seconds.
#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT((condition), patienceMs)
#define QTRY_VERIFY2(condition, message) QTRY_VERIFY2_WITH_TIMEOUT((condition), (message), patienceMs)
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT((actual), (expected), patienceMs)
