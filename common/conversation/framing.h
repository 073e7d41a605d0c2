// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"

#include <optional>

/// One message taken out of a byte stream.
struct FramedMessage {
    QByteArrayView payload;    ///< without the terminator, whole; of the framer's memory, until it is called again
    qint64 bytes = 0;          ///< on the wire, terminator included
    bool unterminated = false; ///< taken by takeRest() though its terminator had not come
    bool part = false;         ///< of a message over the limit
    bool last = true;          ///< false for all parts but the last
};

/// Bytes in, messages out. Pure; knows no socket. A message of more than messageLimit bytes without a terminator is
/// delivered in parts of messageLimit bytes.
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

    qsizetype bufferedBytes() const { return m_buffer.size() - m_start; }
    bool endsWithNewline() const { return bufferedBytes() > 0 && m_buffer.endsWith('\n'); } ///< what is buffered

    /// A message as it crosses the wire: with its terminator.
    static QByteArray framed(const QByteArray &message, Framing framing);

private:
    void dropTaken();
    FramedMessage take(qsizetype size, qsizetype terminator);

    QByteArray m_buffer;
    qsizetype m_start = 0;   ///< of what has not been taken
    qsizetype m_scanned = 0; ///< up to here there is no terminator
    qsizetype m_limit;
    Framing m_framing;
    bool m_inParts = false; ///< what is taken next belongs to the message whose part was taken last
};
