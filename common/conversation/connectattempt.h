// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/endpoint.h"
#include "socketoptions.h"

#include <QHostAddress>
#include <QObject>
#include <QSocketNotifier>
#include <QTcpSocket>

#include <memory>

/// One attempt to connect to one address. Does not use QTcpSocket's connectToHost(), which calls connect() again and
/// again if the peer resets at once, gives up after 30 s whatever the user wants, and does not tell the reason. Lives
/// on the network thread, owned by a Client. Deleting it gives up and closes the descriptor.
class ConnectAttempt : public QObject
{
    Q_OBJECT
public:
    ConnectAttempt(const QHostAddress &address, quint16 port, const LocalEnd &from, const SocketOptions &options);
    ~ConnectAttempt() override;

    void start();                                    ///< signals come from the event loop, never from this call
    const QString &local() const { return m_local; } ///< this end; empty before start()
    quint64 cookie() const;                          ///< Descriptor::cookie(), or 0

    /// The connected socket. Call it in the slot of connected().
    std::unique_ptr<QTcpSocket> takeSocket() { return std::move(m_socket); }

signals:
    void connected();
    void failed(int error, bool isOfThisEnd); ///< errno; isOfThisEnd: the local end cannot be used

private:
    void writable();

    QHostAddress m_address;
    quint16 m_port;
    LocalEnd m_from;
    SocketOptions m_options;
    QString m_local;
    int m_descriptor = -1; ///< until the socket owns it
    std::unique_ptr<QSocketNotifier> m_writable;
    std::unique_ptr<QTcpSocket> m_socket;
};
