// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QTest>

/// Ends a test that this system does not permit: by skipping it, or by a failure if TCPSTEPS_MUST_CAPTURE is set, as
/// in CI. For privileges to capture and to create networks, for information from the kernel, and for installed
/// programs. reason is a QString.
#define SKIP_OR_FAIL(reason)                                                                                           \
    do {                                                                                                               \
        if (qEnvironmentVariableIsSet("TCPSTEPS_MUST_CAPTURE"))                                                        \
            QFAIL(qPrintable(reason));                                                                                 \
        QSKIP(qPrintable(reason));                                                                                     \
    } while (false)
