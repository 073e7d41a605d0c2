// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QTest>

/// Ends a test that this system does not allow: with a skip, and where TCPSTEPS_MUST_CAPTURE is set, as in CI, with a
/// failure. For the right to capture and to make networks, for what the kernel tells, and for installed programs. A
/// reason is a QString.
#define SKIP_OR_FAIL(reason)                                                                                           \
    do {                                                                                                               \
        if (qEnvironmentVariableIsSet("TCPSTEPS_MUST_CAPTURE"))                                                        \
            QFAIL(qPrintable(reason));                                                                                 \
        QSKIP(qPrintable(reason));                                                                                     \
    } while (false)
