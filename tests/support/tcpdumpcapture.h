// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>
#include <QTime>

/// Runs tcpdump on a device for the port of one server, so that tests can check the wire with an independent program.
class TcpdumpCapture
{
public:
    struct Segment {
        QTime time;
        bool fromServer = false;
        QString flags; ///< as tcpdump prints them: "S", "S.", "P.", "F.", "R"
        int length = 0;

        bool isAcknowledgement() const { return flags == QLatin1String(".") && length == 0; }
        /// Formats "client P. 24", "server F."
        QString text() const
        {
            const QString end = fromServer ? QStringLiteral("server ") : QStringLiteral("client ");
            return end + (length == 0 ? flags : QStringLiteral("%1 %2").arg(flags).arg(length));
        }
    };

    /// Starts to capture; hasStarted() or hasFailed() is emitted later.
    explicit TcpdumpCapture(quint16 serverPort, const QString &device = QStringLiteral("lo"))
        : m_port(QString::number(serverPort))
    {
        m_process.setProgram(QStandardPaths::findExecutable(QStringLiteral("tcpdump"),
                                                            {QStringLiteral("/usr/bin"), QStringLiteral("/usr/sbin")}));
        m_process.setArguments({QStringLiteral("--immediate-mode"), QStringLiteral("-l"), QStringLiteral("-n"),
                                QStringLiteral("-S"), QStringLiteral("-s"), QStringLiteral("256"), QStringLiteral("-i"),
                                device, QStringLiteral("tcp"), QStringLiteral("port"), m_port});
        QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process,
                         [this] { m_output += QString::fromUtf8(m_process.readAllStandardOutput()); });
        QObject::connect(&m_process, &QProcess::readyReadStandardError, &m_process,
                         [this] { m_errors += QString::fromUtf8(m_process.readAllStandardError()); });
        m_process.start();
    }
    ~TcpdumpCapture()
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }
    Q_DISABLE_COPY_MOVE(TcpdumpCapture)

    bool hasStarted() const { return m_errors.contains(QLatin1String("listening on")); }
    bool hasFailed() const { return m_process.state() == QProcess::NotRunning; }
    QString errors() const { return m_process.program().isEmpty() ? QStringLiteral("no tcpdump") : m_errors; }

    /// What tcpdump has printed, line by line.
    QStringList lines() const { return m_output.split(QLatin1Char('\n'), Qt::SkipEmptyParts); }

    QList<Segment> segments() const
    {
        static const QRegularExpression line(
            QStringLiteral("(\\d\\d:\\d\\d:\\d\\d\\.\\d{3})\\d* IP 127\\.0\\.0\\.1\\.(\\d+) > \\S+ Flags "
                           "\\[(\\S+)\\],.* length (\\d+)"));
        QList<Segment> all;
        for (auto matches = line.globalMatch(m_output); matches.hasNext();) {
            const auto match = matches.next();
            all.append({QTime::fromString(match.captured(1), QStringLiteral("HH:mm:ss.zzz")),
                        match.captured(2) == m_port, match.captured(3), match.captured(4).toInt()});
        }
        return all;
    }

private:
    QString m_port;
    QProcess m_process;
    QString m_output;
    QString m_errors;
};
