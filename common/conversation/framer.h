// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/bytequeue.h"
#include "messages/messagetemplate.h"
#include "steps/framing.h"

#include <QList>

#include <optional>

/// One message taken out of a byte stream.
struct FramedMessage {
    QByteArrayView payload;      ///< without what the framing adds; in the framer's memory, until it is called again
    qint64 bytes = 0;            ///< on the wire: with terminator, markers, or length prefix
    bool isUnterminated = false; ///< taken by takeRest() before its end has come
    bool isSkipped = false;      ///< no message: bytes in front of a begin marker
    bool isPart = false;         ///< of a message over the limit
    bool isFirst = true;         ///< false for all parts but the first
    bool isLast = true;          ///< false for all parts but the last
};

/// Bytes in, messages out. Pure; knows no socket. A message of more than messageLimit bytes comes in parts of
/// messageLimit bytes. With the framing Silence, next() only gives such parts; the owner calls takeRest() after the
/// silence. A length prefix that cannot be (negative, or 2^62 and more) makes the framing None from there on.
class Framer
{
public:
    static constexpr qsizetype messageLimit = 16 * 1024 * 1024;

    /// What a length prefix says that is more than the limit, or cannot be.
    struct OddLength {
        quint64 length = 0; ///< the number in the prefix
        qint64 bytes = 0;   ///< of the message without its prefix; if impossible: 0
        bool isImpossible = false;
    };

    explicit Framer(const Framing &framing = Framing::Nul, qsizetype limit = messageLimit);

    const Framing &framing() const { return m_framing; }
    void setFraming(const Framing &framing); ///< for what has not been taken yet

    void append(const QByteArray &bytes);
    std::optional<FramedMessage> next(); ///< the next whole message or part
    /// What is left without an end, once next() gives nothing: call it until it gives nothing, too.
    std::optional<FramedMessage> takeRest();
    /// What the last call of next() has found; once for each message.
    std::optional<OddLength> takeOddLength() { return std::exchange(m_oddLength, std::nullopt); }

    qsizetype bufferedBytes() const { return m_buffer.size(); }
    bool endsWithNewline() const { return m_buffer.view().endsWith('\n'); } ///< what is buffered
    bool endsWithCrLf() const { return m_buffer.view().endsWith("\r\n"); }

    /// Why message cannot be sent with this framing, as a sentence; empty if it can.
    static QString refusal(const QByteArray &message, const Framing &framing);
    static QString refusalToSend(const MessageTemplate &message, const Framing &framing); ///< also of a file
    /// A message as it crosses the wire, if it is not refused: with terminator, markers, or length prefix. A length
    /// field behind the beginning of the message is part of it, and gets the right value.
    static QByteArray framed(const QByteArray &message, const Framing &framing);
    /// A message as the peer will see it. Its bytes lie in framed.
    struct SentMessage {
        qsizetype at = 0;    ///< of its payload in framed
        qsizetype size = 0;  ///< of its payload
        qsizetype bytes = 0; ///< on the wire
    };
    /// The messages that the peer will see, if it uses the same framing. framed is what framed() has returned.
    static QList<SentMessage> split(const QByteArray &framed, const Framing &framing);
    static qsizetype count(const QByteArray &message, const Framing &framing); ///< of split(); 0: refused

private:
    std::optional<FramedMessage> nextMarked();
    std::optional<FramedMessage> nextSized();
    std::optional<FramedMessage> skipTo(QByteArrayView begin);
    bool readLength();
    FramedMessage take(qsizetype before, qsizetype size, qsizetype after);
    FramedMessage takePart(qsizetype before);
    FramedMessage skip(qsizetype size);

    /// Below this size, taken bytes are not removed, an empty buffer keeps its memory, and reads are copied instead of
    /// shared.
    static constexpr qsizetype compactAt = qsizetype(64) * 1024;

    ByteQueue m_buffer{compactAt, compactAt}; ///< not taken yet
    qsizetype m_scanned = 0;                  ///< the first bytes of it, so many, hold no beginning of a marker
    qsizetype m_limit;
    qsizetype m_prefix = 0; ///< bytes in front of the payload of the message that has begun
    qint64 m_missing = -1;  ///< payload of the message that has begun and is not taken; -1: not known
    std::optional<OddLength> m_oddLength;
    Framing m_framing;
    bool m_isInParts = false; ///< the next part belongs to the message whose part was taken last
    bool m_isInside = false;  ///< that message's begin marker is taken
};
