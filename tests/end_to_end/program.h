// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "support/patience.h"

#include <QCoreApplication>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

/// Runs a program for a test and collects its output as it arrives. The destructor kills it if it is still running.
class Program
{
public:
    Program(const QString &path, const QStringList &arguments, const QString &standardOutputFile = {})
    {
        QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process,
                         [this] { m_output += m_process.readAllStandardOutput(); });
        QObject::connect(&m_process, &QProcess::readyReadStandardError, &m_process,
                         [this] { m_errors += m_process.readAllStandardError(); });
        if (!standardOutputFile.isEmpty())
            m_process.setStandardOutputFile(standardOutputFile);
        m_process.setProgram(path);
        m_process.setArguments(arguments);
    }
    ~Program()
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }
    Q_DISABLE_COPY_MOVE(Program)

    QProcess &process() { return m_process; }
    Program &start()
    {
        m_process.start();
        return *this;
    }

    QString output() const { return QString::fromUtf8(m_output); }
    QString errors() const { return QString::fromUtf8(m_errors); }
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    int status() const { return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1; }

    /// The port from "listening on 127.0.0.1:8700" on standard error, as soon as the line is there; 0 before that.
    quint16 port() const
    {
        static const QRegularExpression line(QStringLiteral("listening on 127\\.0\\.0\\.1:(\\d+)\\n"));
        return line.match(errors()).captured(1).toUShort();
    }

private:
    QProcess m_process;
    QByteArray m_output;
    QByteArray m_errors;
};
