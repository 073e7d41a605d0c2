// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What a framing makes of a message that is sent.

#include "framer.h"
#include "lengthprefix.h"

#include <QCoreApplication>

namespace {

struct FramerStrings {
    Q_DECLARE_TR_FUNCTIONS(Framer)
};

QString bytesText(qint64 bytes)
{
    return bytes == 1 ? FramerStrings::tr("1 byte") : FramerStrings::tr("%1 bytes").arg(bytes);
}

/// The number that a prefix has to say for a message of this size; negative if there is none.
qint64 lengthFor(qsizetype size, const Framing::LengthField &field)
{
    const qsizetype inMessage = field.offset == 0 ? 0 : field.offset + field.width;
    return size - inMessage - field.adds;
}

QString lengthRefusal(qsizetype size, const Framing::LengthField &field)
{
    const qsizetype header = field.offset + field.width;
    if (field.offset > 0 && size < header)
        return FramerStrings::tr("The message has %1, and is too short for its length field, which ends after %2.")
            .arg(bytesText(size), bytesText(header));
    const qint64 length = lengthFor(size, field);
    if (length < 0)
        return FramerStrings::tr("The message has %1: its length prefix would have to be %2.")
            .arg(bytesText(size))
            .arg(length);
    if (quint64(length) > LengthPrefix::highest(field))
        return FramerStrings::tr("The message has %1: its length prefix would have to be %2, and can be %3 at most.")
            .arg(bytesText(size))
            .arg(length)
            .arg(LengthPrefix::highest(field));
    return {};
}

/// Appends the messages that the peer finds in framed; false if some of it would be left over.
bool find(QList<Framer::SentMessage> &messages, const QByteArray &framed, const Framing &framing)
{
    Framer peer(framing, qMax<qsizetype>(framed.size(), 1));
    peer.append(framed);
    qsizetype offset = 0;
    while (const auto message = peer.next()) {
        if (message->isSkipped)
            return false;
        const qsizetype before = offset + framing.beginMarker().size();
        messages.append({before, message->payload.size(), qsizetype(message->bytes)});
        offset += qsizetype(message->bytes);
    }
    return peer.bufferedBytes() == 0;
}

QString markerRefusal(const QByteArray &message, const Framing &framing)
{
    QList<Framer::SentMessage> messages;
    if (find(messages, Framer::framed(message, framing), framing))
        return {};
    const auto marker = QString::fromLatin1(framing.endMarker().toByteArray().toHex());
    return FramerStrings::tr("The peer would find the end marker %1 too early, and bytes that belong to no message "
                             "behind it.")
        .arg(marker);
}

} // namespace

QString Framer::refusal(const QByteArray &message, const Framing &framing)
{
    switch (framing.kind()) {
    case Framing::Kind::End:
    case Framing::Kind::Between:
        return markerRefusal(message, framing);
    case Framing::Kind::Fixed:
        return message.size() == framing.fixedSize()
                   ? QString()
                   : FramerStrings::tr("The message has %1, and every message has to have %2.")
                         .arg(bytesText(message.size()), bytesText(framing.fixedSize()));
    case Framing::Kind::Length:
        return lengthRefusal(message.size(), framing.lengthField());
    case Framing::Kind::None:
    case Framing::Kind::Silence:
        return message.isEmpty() ? FramerStrings::tr("An empty message without a terminator has no bytes to send.")
                                 : QString();
    case Framing::Kind::Nul:
    case Framing::Kind::Newline:
    case Framing::Kind::CrLf:
        break;
    }
    return {};
}

QString Framer::refusalToSend(const MessageTemplate &message, const Framing &framing)
{
    if (!message.file())
        return refusal(message.fill({}), framing);
    return framing == Framing::None
               ? QString()
               : FramerStrings::tr("A file of more than 16 MiB can only be sent with the framing “none”.");
}

QByteArray Framer::framed(const QByteArray &message, const Framing &framing)
{
    if (framing.kind() != Framing::Kind::Length) {
        if (framing.overhead() == 0)
            return message;
        QByteArray framed;
        framed.reserve(message.size() + framing.overhead());
        return framed.append(framing.beginMarker()).append(message).append(framing.endMarker());
    }
    const Framing::LengthField &field = framing.lengthField();
    QByteArray framed = field.offset == 0 ? QByteArray(field.width, '\0') + message : message;
    const qint64 length = lengthFor(message.size(), field);
    if (framed.size() >= field.offset + field.width && length >= 0)
        LengthPrefix::write(framed.data() + field.offset, quint64(length), field);
    return framed;
}

QList<Framer::SentMessage> Framer::split(const QByteArray &framed, const Framing &framing)
{
    QList<SentMessage> messages;
    const qsizetype end = framed.size() - framing.endMarker().size();
    const bool isOne = !framing.hasEndMarker() || framed.indexOf(framing.endMarker()) == end;
    if (isOne) {
        const qsizetype before = framing.overhead() - framing.endMarker().size();
        messages.append({before, end - before, framed.size()});
    } else {
        find(messages, framed, framing);
    }
    return messages;
}

qsizetype Framer::count(const QByteArray &message, const Framing &framing)
{
    return refusal(message, framing).isEmpty() ? split(framed(message, framing), framing).size() : 0;
}
