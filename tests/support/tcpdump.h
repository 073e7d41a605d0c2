// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDebug>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryFile>

/// tcpdump, asked what it prints for a capture.
namespace Tcpdump {

/// Where it is; empty: not here.
inline QString program()
{
    const QString found = QStandardPaths::findExecutable(QStringLiteral("tcpdump"));
    return !found.isEmpty() ? found
                            : QStandardPaths::findExecutable(QStringLiteral("tcpdump"),
                                                             {QStringLiteral("/usr/sbin"), QStringLiteral("/sbin")});
}

/// What `tcpdump -S -n` (isRelative: `tcpdump -n`) prints for a capture, from its standard input: what a system's policy lets it open does not
/// matter then. Empty, after a warning, if it fails.
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
