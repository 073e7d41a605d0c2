// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDebug>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryFile>

/// Runs tshark to analyse a capture.
namespace Tshark {

/// The path of tshark; empty if it is not installed.
inline QString program()
{
    return QStandardPaths::findExecutable(QStringLiteral("tshark"));
}

/// Returns these fields of each packet: one line per packet, with tabs between the fields. Empty, after a warning, on
/// failure.
inline QStringList fields(const QByteArray &capture, const QStringList &names)
{
    QTemporaryFile file;
    if (!file.open() || file.write(capture) != capture.size() || !file.flush())
        return {};
    QStringList arguments{QStringLiteral("-n"), QStringLiteral("-r"), QStringLiteral("-"), QStringLiteral("-T"),
                          QStringLiteral("fields")};
    for (const QString &name : names)
        arguments << QStringLiteral("-e") << name;
    QProcess process;
    process.setStandardInputFile(file.fileName());
    process.start(program(), arguments);
    if (!process.waitForFinished(60000) || process.exitCode() != 0) {
        qWarning() << process.errorString() << process.readAllStandardError();
        return {};
    }
    return QString::fromUtf8(process.readAllStandardOutput()).chopped(1).split(QLatin1Char('\n'));
}

} // namespace Tshark
