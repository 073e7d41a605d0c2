// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "inbox.h"

Inbox::Inbox(const Framing &framing)
    : m_framer(framing)
{
}

void Inbox::setFraming(const Framing &framing)
{
    m_framer.setFraming(framing);
    m_mayHoldMessages = true;
    m_isLate = false;
}

void Inbox::append(const QByteArray &bytes)
{
    m_framer.append(bytes);
    m_mayHoldMessages = true;
}

std::optional<FramedMessage> Inbox::next()
{
    auto message = m_framer.next();
    m_mayHoldMessages = message.has_value();
    return message;
}

std::optional<FramedMessage> Inbox::takeRest()
{
    return m_framer.takeRest();
}

void Inbox::describe(const FramedMessage &message, qsizetype keptBytes, Step &step)
{
    step.bytes = message.bytes;
    step.offset = m_taken;
    step.size = message.payload.size();
    step.payload = message.payload.first(qMin(message.payload.size(), keptBytes)).toByteArray();
    step.unterminated = message.isUnterminated;
    step.part = message.isPart;
    m_taken += message.bytes;
    m_isLate = false;
}
