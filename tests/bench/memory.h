// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

/// How much additional memory the bench needs at its peak, starting now.
class Memory
{
public:
    Memory();
    double moreMiB() const;

    /// In MiB. field is a field of /proc/PID/status, such as "VmRSS:".
    static double ofProcess(qint64 id, const QByteArray &field);

private:
    double m_before = 0;
};
