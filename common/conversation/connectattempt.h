// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHostAddress>
#include <QObject>
#include <QSocketNotifier>
#include <QTcpSocket>

#include <memory>

/// One try to connect to one address. QTcpSocket's own connectToHost() is not used: of a peer that resets at once it learns
/// nothing, and calls connect() again and again; it gives up after 30 s of its own; and it keeps the reason for itself.
/// Lives on the network thread, owned by a Client. Deleting it gives up; a descriptor still connecting is closed.
class ConnectAttempt : public QObject
{
    Q_OBJECT
public:
    ConnectAttempt(const QHostAddress &address, quint16 port);
    ~ConnectAttempt() override;

    void start();                                    ///< a signal comes from the event loop, never from this call
    const QString &local() const { return m_local; } ///< this end, once it has one
    quint64 cookie() const;                          ///< Descriptor::cookie(), or 0

    /// The connected socket, to be taken in the slot of connected().
    std::unique_ptr<QTcpSocket> takeSocket() { return std::move(m_socket); }

signals:
    void connected();
    void failed(int error); ///< errno

private:
    void writable();

    QHostAddress m_address;
    quint16 m_port;
    QString m_local;
    int m_descriptor = -1; ///< until it is the socket's
    std::unique_ptr<QSocketNotifier> m_writable;
    std::unique_ptr<QTcpSocket> m_socket;
};
