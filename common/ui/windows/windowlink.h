// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "app/linkfollower.h"
#include "flows/flowtable.h"

#include <functional>

class CaptureControl;
class ConversationRecord;
class Recording;

/// What a window in the lab records of its network: the packets that the emulated link carries, and in the log, and so
/// in every export, what the network is like. Owned by a ConversationWindow; lives on its thread.
class WindowLink : public QObject
{
    Q_OBJECT
public:
    /// Those outlive this object.
    WindowLink(Side side, LinkClient &link, ConversationRecord &record, CaptureControl &capture, QObject *parent);

    /// Calls begin when every packet will be recorded, or none.
    void whenSettled(const QObject &context, const std::function<void()> &begin);
    /// The flows of what the window's own capture adds.
    static const FlowTable &capturedFlows(const Recording &recording);

private:
    void noteNetwork();

    const Side m_side;
    LinkClient &m_link;
    ConversationRecord &m_record;
    LinkFollower m_follower;
};
