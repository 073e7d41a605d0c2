// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "patience.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

/// A control socket that only records the commands, and says what a test wants.
class FakeLink
{
public:
    FakeLink()
    {
        if (!m_server.listen(path()))
            qFatal("no control socket: %s", qPrintable(m_server.errorString()));
        QObject::connect(&m_server, &QLocalServer::newConnection, &m_server, [this] {
            m_peer = m_server.nextPendingConnection();
            QObject::connect(m_peer, &QLocalSocket::readyRead, &m_server, [this] {
                while (m_peer->canReadLine())
                    commands.append(QString::fromUtf8(m_peer->readLine()).trimmed());
            });
        });
    }

    QString path() const { return m_folder.filePath(QStringLiteral("link")); }
    /// The line goes to the one that has connected.
    void say(const QByteArray &line)
    {
        if (!QTest::qWaitFor([this] { return m_peer != nullptr; }, patienceMs))
            qFatal("nobody has connected");
        m_peer->write(line + '\n');
    }
    void status(const QByteArray &fields) { say(R"({"event": "status", )" + fields + '}'); }
    void go() { m_peer->disconnectFromServer(); }

    QStringList commands;

private:
    QTemporaryDir m_folder;
    QLocalServer m_server;
    QLocalSocket *m_peer = nullptr; ///< owned by the server
};
