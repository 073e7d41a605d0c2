// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "commandtext.h"

#include "conversation/connection.h"
#include "conversation/framer.h"
#include "steps/steptext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

bool isSafe(QChar character)
{
    static constexpr QLatin1StringView others("-_./:@%+=,");
    return (character.unicode() < 0x80 && character.isLetterOrNumber()) || others.contains(character);
}

/// A message that the command line reads as UTF-8 with line feeds.
TypedMessage forCommandLine(const TypedMessage &message)
{
    const bool isPlain =
        message.encoding == TypedMessage::Encoding::Utf8 && (!message.hasCrLf || !message.text.contains(u'\n'));
    const bool isNamed = message.form == MessageForm::File && !message.text.isEmpty();
    if (isNamed || message.form == MessageForm::Hex || (isPlain && message.form != MessageForm::File))
        return message;
    TypedMessage escaped{.text = message.text, .form = MessageForm::Escapes};
    if (const MessageTemplate read = message.read().message; !read.hasFields()) {
        escaped.text = TypedMessage::withEscapes(read.fill({}), TypedMessage::Encoding::Utf8);
        return escaped;
    }
    escaped.text.replace(u'\n', message.hasCrLf ? u"\\r\\n"_s : u"\\n"_s);
    for (char16_t code = 0x80; message.encoding == TypedMessage::Encoding::Latin1 && code <= 0xFF; ++code)
        escaped.text.replace(QChar(code), u"\\x%1"_s.arg(uint(code), 2, 16, QChar(u'0')));
    return escaped;
}

QString printfFormat(const QByteArray &bytes)
{
    QString format;
    for (const char byte : bytes) {
        const bool isOption = byte == '-' && format.isEmpty();
        if (byte == '%' || byte == '\\')
            format += QString(2, QLatin1Char(byte));
        else if (byte >= 0x20 && byte < 0x7F && !isOption)
            format += QLatin1Char(byte);
        else
            format += u"\\%1"_s.arg(uint(uchar(byte)), 3, 8, QChar(u'0'));
    }
    return format;
}

QString connecting(const CommandText::Sending &sending)
{
    QString options;
    if (const QString from = Endpoint::text(sending.from); !from.isEmpty())
        options += " --from "_L1 + CommandText::quoted(from);
    if (sending.ipVersion == QAbstractSocket::IPv4Protocol)
        options += " -4"_L1;
    else if (sending.ipVersion == QAbstractSocket::IPv6Protocol)
        options += " -6"_L1;
    if (sending.reconnectMs > 0)
        options += u" --reconnect %1"_s.arg(sending.reconnectMs);
    if (sending.readAfterMs == ConnectionSettings::never)
        options += " --read-after never"_L1;
    else if (sending.readAfterMs > 0)
        options += u" --read-after %1"_s.arg(sending.readAfterMs);
    if (!sending.socket.hasNoDelay)
        options += " --nagle"_L1;
    if (const auto &keepAlive = sending.socket.keepAlive)
        options += " --keep-alive "_L1 + SocketOptions::text(*keepAlive);
    if (sending.socket.sendBufferBytes > 0)
        options += u" --send-buffer %1"_s.arg(sending.socket.sendBufferBytes);
    if (sending.socket.receiveBufferBytes > 0)
        options += u" --receive-buffer %1"_s.arg(sending.socket.receiveBufferBytes);
    return options;
}

} // namespace

QString CommandText::quoted(const QString &text)
{
    if (!text.isEmpty() && std::all_of(text.begin(), text.end(), isSafe))
        return text;
    return u'\'' + QString(text).replace(u'\'', "'\\''"_L1) + u'\'';
}

QString CommandText::client(const Sending &sending)
{
    const TypedMessage message = forCommandLine(sending.message);
    QString command = u"%1 --headless -H %2 -p %3"_s.arg(sending.program, quoted(sending.host)).arg(sending.port);
    command += connecting(sending);
    if (sending.framing != Framing::Nul)
        command += " --framing "_L1 + quoted(QString::fromLatin1(sending.framing.text()));
    if (sending.sendFraming)
        command += " --send-framing "_L1 + quoted(QString::fromLatin1(sending.sendFraming->text()));
    if (message.form == MessageForm::File)
        command += " --message-file="_L1 + quoted(message.text);
    else
        command += (message.form == MessageForm::Escapes ? " --escapes"_L1
                    : message.form == MessageForm::Hex   ? " --hex"_L1
                                                         : ""_L1) +
                   " --message="_L1 + quoted(message.text);
    return sending.closesWithReset ? command + " --close-with reset"_L1 : command;
}

QString CommandText::netcat(const Sending &sending, const ComputedField::Values &now)
{
    const QByteArray bytes =
        Framer::framed(sending.message.read().message.fill(now), sending.sendFraming.value_or(sending.framing));
    QString options;
    if (sending.ipVersion == QAbstractSocket::IPv4Protocol)
        options += "-4 "_L1;
    else if (sending.ipVersion == QAbstractSocket::IPv6Protocol)
        options += "-6 "_L1;
    if (!sending.from.address.isNull())
        options += u"-s %1 "_s.arg(quoted(sending.from.address.toString()));
    if (sending.from.port != 0)
        options += u"-p %1 "_s.arg(sending.from.port);
    return u"printf %1 | nc -N %2%3 %4"_s.arg(quoted(printfFormat(bytes)), options, quoted(sending.host))
        .arg(sending.port);
}
