// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linkcontrol.h"

#include <QTemporaryDir>

/// The whole link: network, carrier, and control socket. Lives on a thread with sockets. When it is destroyed, devices
/// and socket are gone.
class LinkHost : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void start(const QList<LinkRule> &rules); ///< ready() or failed() follows

signals:
    void ready(const QString &socketPath);
    void failed(const QString &sentence); ///< why there can be no link; or later, why a rule has no effect

private:
    void carry(const QList<LinkRule> &rules);

    QTemporaryDir m_folder; ///< of the socket, and of what is recorded; only the user has access
    LinkNetwork m_network;
    std::unique_ptr<LinkCarrier> m_carrier;
    std::unique_ptr<LinkControl> m_control;
};
