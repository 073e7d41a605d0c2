// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

/// How much more memory the bench itself needs at its peak, from here on.
class Memory
{
public:
    Memory();
    double moreMiB() const;

    static double ofProcess(qint64 id, const QByteArray &field); ///< in MiB; a field of /proc's status, "VmRSS:"

private:
    double m_before = 0;
};
