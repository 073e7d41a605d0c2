// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "windowlink.h"

#include "app/conversationrecord.h"
#include "ui/wire/capturecontrol.h"

WindowLink::WindowLink(Side side, LinkClient &link, ConversationRecord &record, CaptureControl &capture,
                       QObject *parent)
    : QObject(parent)
    , m_side(side)
    , m_link(link)
    , m_record(record)
    , m_follower(link, record.recording())
{
    connect(&link, &LinkClient::stateChanged, this, &WindowLink::noteNetwork);
    connect(&m_follower, &LinkFollower::settled, this, [this, &capture] {
        if (m_record.recording().link())
            capture.setLinked();
    });
}

void WindowLink::whenSettled(const QObject &context, const std::function<void()> &begin)
{
    if (m_follower.isSettled())
        begin();
    else
        connect(&m_follower, &LinkFollower::settled, &context, begin);
}

const FlowTable &WindowLink::capturedFlows(const Recording &recording)
{
    return LinkClient::socketPath().isEmpty() ? recording.flows() : recording.flowsBesideLink();
}

void WindowLink::noteNetwork()
{
    const QString network = m_link.isConnected() ? m_link.description() : QString();
    if (network == m_record.recording().network())
        return;
    m_record.recording().setNetwork(network);
    if (!network.isEmpty())
        m_record.add(Step::event(m_side, StepKind::Capture, network));
}

#include "moc_windowlink.cpp"
