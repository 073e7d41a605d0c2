// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "memory.h"

#include <QCoreApplication>
#include <QFile>

using namespace Qt::StringLiterals;

double Memory::ofProcess(qint64 id, const QByteArray &field)
{
    QFile status(u"/proc/%1/status"_s.arg(id));
    if (!status.open(QIODevice::ReadOnly))
        qFatal("a program has ended");
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(field))
            return line.mid(field.size()).simplified().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

Memory::Memory()
{
    QFile clear(u"/proc/self/clear_refs"_s);
    if (clear.open(QIODevice::WriteOnly))
        clear.write("5"); // the peak counts from now
    m_before = ofProcess(QCoreApplication::applicationPid(), "VmRSS:");
}

double Memory::moreMiB() const
{
    return ofProcess(QCoreApplication::applicationPid(), "VmHWM:") - m_before;
}
