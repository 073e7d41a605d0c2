// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/bytequeue.h"
#include "steps/step.h"

#include <optional>

/// One message taken out of a byte stream.
struct FramedMessage {
    QByteArrayView payload;      ///< without the terminator; in the framer's memory, valid until it is called again
    qint64 bytes = 0;            ///< on the wire, terminator included
    bool isUnterminated = false; ///< taken by takeRest() before its terminator has come
    bool isPart = false;         ///< of a message over the limit
    bool isFirst = true;         ///< false for all parts but the first
    bool isLast = true;          ///< false for all parts but the last
};

/// Bytes in, messages out. Pure; knows no socket. A message of more than messageLimit bytes comes in parts of
/// messageLimit bytes.
class Framer
{
public:
    static constexpr qsizetype messageLimit = 16 * 1024 * 1024;

    explicit Framer(Framing framing = Framing::Nul, qsizetype limit = messageLimit);

    Framing framing() const { return m_framing; }
    void setFraming(Framing framing); ///< for what has not been taken yet

    void append(const QByteArray &bytes);
    std::optional<FramedMessage> next(); ///< the next whole message or part
    std::optional<FramedMessage>
    takeRest(); ///< what is left without a terminator, to be called when next() gives nothing

    qsizetype bufferedBytes() const { return m_buffer.size(); }
    bool endsWithNewline() const { return m_buffer.view().endsWith('\n'); } ///< what is buffered

    /// A message as it crosses the wire: with its terminator.
    static QByteArray framed(const QByteArray &message, Framing framing);

private:
    FramedMessage take(qsizetype size, qsizetype terminator);

    /// Below this size, taken bytes are not removed, an empty buffer keeps its memory, and reads are copied instead of
    /// shared.
    static constexpr qsizetype compactAt = qsizetype(64) * 1024;

    ByteQueue m_buffer{compactAt, compactAt}; ///< not taken yet
    qsizetype m_scanned = 0;                  ///< the first bytes of it, so many, hold no terminator
    qsizetype m_limit;
    Framing m_framing;
    bool m_isInParts = false; ///< the next part belongs to the message whose part was taken last
};
