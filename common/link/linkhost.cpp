// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkhost.h"

void LinkHost::start(const QList<LinkRule> &rules)
{
    connect(&m_network, &LinkNetwork::failed, this, &LinkHost::failed);
    connect(&m_network, &LinkNetwork::ready, this, [this, rules] {
        if (!m_carrier)
            carry(rules);
    });
    m_network.setMtu(LinkControl::mtuOf(rules));
    m_network.setUp();
}

void LinkHost::carry(const QList<LinkRule> &rules)
{
    m_carrier = std::make_unique<LinkCarrier>(*m_network.device(Side::Client), *m_network.device(Side::Server));
    m_control = std::make_unique<LinkControl>(*m_carrier, m_network, m_folder.path());
    m_control->setRules(rules);
    const QString path = m_folder.filePath(QStringLiteral("link"));
    const QString error = m_folder.isValid() ? m_control->listen(path) : m_folder.errorString();
    if (error.isEmpty())
        emit ready(path);
    else
        emit failed(tr("the control socket cannot be opened: %1").arg(error));
}

#include "moc_linkhost.cpp"
