// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDebug>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryFile>

/// Runs tcpdump to print a capture.
namespace Tcpdump {

/// The path of tcpdump; empty if it is not installed.
inline QString program()
{
    const QString found = QStandardPaths::findExecutable(QStringLiteral("tcpdump"));
    return !found.isEmpty() ? found
                            : QStandardPaths::findExecutable(QStringLiteral("tcpdump"),
                                                             {QStringLiteral("/usr/sbin"), QStringLiteral("/sbin")});
}

/// Returns what `tcpdump -S -n` (with isRelative, `tcpdump -n`) prints for a capture. tcpdump reads the capture from
/// standard input, so the system's policy about which files it may open does not matter. Returns an empty array,
/// after a warning, on failure.
inline QByteArray output(const QString &program, const QByteArray &capture, bool isRelative)
{
    QTemporaryFile file;
    if (!file.open() || file.write(capture) != capture.size() || !file.flush())
        return {};
    QStringList arguments{QStringLiteral("-n"), QStringLiteral("-r"), QStringLiteral("-")};
    if (!isRelative)
        arguments.prepend(QStringLiteral("-S"));
    QProcess process;
    process.setStandardInputFile(file.fileName());
    process.start(program, arguments);
    if (!process.waitForFinished(60000) || process.exitCode() != 0) {
        qWarning() << process.errorString() << process.readAllStandardError();
        return {};
    }
    return process.readAllStandardOutput();
}

} // namespace Tcpdump
