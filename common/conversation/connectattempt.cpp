// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connectattempt.h"

#include "descriptor.h"

#include <QNetworkProxy>

#include <cerrno>

ConnectAttempt::ConnectAttempt(const QHostAddress &address, quint16 port, const LocalEnd &from,
                               const SocketOptions &options)
    : m_address(address)
    , m_port(port)
    , m_from(from)
    , m_options(options)
{
}

ConnectAttempt::~ConnectAttempt()
{
    m_writable.reset();
    if (m_descriptor >= 0)
        Descriptor::close(m_descriptor);
}

void ConnectAttempt::start()
{
    const auto start = Descriptor::startConnecting(m_address, m_port, m_from, m_options);
    if (start.error != 0) {
        const auto fail = [this, start] { emit failed(start.error, start.isOfThisEnd); };
        QMetaObject::invokeMethod(this, fail, Qt::QueuedConnection);
        return;
    }
    m_descriptor = start.descriptor;
    m_local = Descriptor::localEnd(m_descriptor);
    m_writable = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Write);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &ConnectAttempt::writable);
}

quint64 ConnectAttempt::cookie() const
{
    return m_descriptor < 0 ? 0 : Descriptor::cookie(m_descriptor);
}

void ConnectAttempt::writable()
{
    m_writable->setEnabled(false);
    int error = Descriptor::takeError(m_descriptor);
    if (error == 0) {
        m_socket = std::make_unique<QTcpSocket>();
        m_socket->setProxy(QNetworkProxy::NoProxy);
        const bool isTaken = m_socket->setSocketDescriptor(m_descriptor);
        if (isTaken)
            m_descriptor = -1;
        if (!isTaken || m_socket->peerAddress().isNull()) // the peer has reset it just now
            error = ECONNRESET;
    }
    if (error == 0)
        emit connected();
    else
        emit failed(error, false);
}

#include "moc_connectattempt.cpp"
