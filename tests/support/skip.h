// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "registertest.h"

/// Ends a test function that cannot run here. CTest then shows the test as skipped, and scripts/test prints the reason, a QString.
#define SKIP(reason)                                                                                                   \
    do {                                                                                                               \
        RegisteredTests::noteSkip(reason);                                                                             \
        QSKIP(qPrintable(QString(reason)));                                                                            \
    } while (false)

/// The same, but a failure where TCPSTEPS_MUST_CAPTURE is set, as in CI. For the right to capture and to make networks, for what
/// the kernel tells, and for installed programs.
#define SKIP_OR_FAIL(reason)                                                                                           \
    do {                                                                                                               \
        if (qEnvironmentVariableIsSet("TCPSTEPS_MUST_CAPTURE"))                                                        \
            QFAIL(qPrintable(QString(reason)));                                                                        \
        SKIP(reason);                                                                                                  \
    } while (false)
