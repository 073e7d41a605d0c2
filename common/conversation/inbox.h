// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "framer.h"
#include "steps/step.h"

/// The messages of one connection on their way in: takes the bytes of the stream, gives whole messages or parts, and
/// knows what waits for a terminator. Pure; a part of a Connection.
class Inbox
{
public:
    explicit Inbox(const Framing &framing);

    const Framing &framing() const { return m_framer.framing(); }
    void setFraming(const Framing &framing); ///< for what has not been taken yet

    void append(const QByteArray &bytes);
    std::optional<FramedMessage> next();     ///< the next whole message or part; valid until the next call
    std::optional<FramedMessage> takeRest(); ///< what has no end, once next() gives nothing; until it gives nothing
    /// What the last call of next() has found.
    std::optional<Framer::OddLength> takeOddLength() { return m_framer.takeOddLength(); }

    /// Describes a message that next() or takeRest() gave, in the order of the stream. keptBytes: of its payload.
    void describe(const FramedMessage &message, qsizetype keptBytes, Step &step);

    bool mayHoldMessages() const { return m_mayHoldMessages; } ///< next() has not said that there are none
    qsizetype bufferedBytes() const { return m_framer.bufferedBytes(); }
    bool endsWithNewline() const { return m_framer.endsWithNewline(); }
    bool endsWithCrLf() const { return m_framer.endsWithCrLf(); }

    /// What is buffered has waited long for its terminator; until a message is taken, or the framing changes.
    void setLate(bool isLate) { m_isLate = isLate; }
    bool isLate() const { return m_isLate; }
    qsizetype lateBytes() const { return m_isLate ? bufferedBytes() : 0; }

private:
    Framer m_framer;
    qint64 m_taken = 0; ///< bytes of the messages described so far
    bool m_mayHoldMessages = false;
    bool m_isLate = false;
};
