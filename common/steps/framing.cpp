// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "framing.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace {

struct FramingStrings {
    Q_DECLARE_TR_FUNCTIONS(Framing)
};

using Kind = Framing::Kind;

/// The bytes of 1 to maxMarker pairs of hexadecimal digits, or nothing.
std::optional<QByteArray> parseMarker(QStringView text)
{
    const bool digits = std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    });
    if (!digits || text.isEmpty() || text.size() % 2 != 0 || text.size() > 2 * Framing::maxMarker)
        return {};
    return QByteArray::fromHex(text.toLatin1());
}

/// A decimal number without a sign.
std::optional<qint32> parseNumber(QStringView text, qint32 lowest, qint32 highest)
{
    const bool digits = std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool isNumber = false;
    const qint32 number = text.toInt(&isNumber);
    return digits && isNumber && number >= lowest && number <= highest ? std::optional(number) : std::nullopt;
}

QString lengthShape()
{
    return FramingStrings::tr("A length prefix is a width of 1, 2, 4 or 8 bytes with its byte order, be or le, then "
                              "perhaps @ and an offset, then perhaps + or - and what is added: 2be, 4le@2+6.");
}

/// Takes the end of text from its last + or -, and from its last @.
std::optional<Framing> parseLength(QStringView text, QString &error)
{
    Framing::LengthField field;
    const qsizetype sign = std::max(text.lastIndexOf(u'+'), text.lastIndexOf(u'-'));
    if (sign >= 0) {
        const auto adds = parseNumber(text.sliced(sign + 1), 0, Framing::maxAdds);
        if (!adds) {
            error = FramingStrings::tr("What a length prefix adds is a number from -%1 to +%1.").arg(Framing::maxAdds);
            return {};
        }
        field.adds = text[sign] == u'-' ? -*adds : *adds;
        text.truncate(sign);
    }
    if (const qsizetype at = text.lastIndexOf(u'@'); at >= 0) {
        const auto offset = parseNumber(text.sliced(at + 1), 0, Framing::maxOffset);
        if (!offset) {
            error =
                FramingStrings::tr("The offset of a length prefix is a number from 0 to %1.").arg(Framing::maxOffset);
            return {};
        }
        field.offset = *offset;
        text.truncate(at);
    }
    const bool hasOrder = text.endsWith("be"_L1) || text.endsWith("le"_L1);
    field.isLittleEndian = text.endsWith("le"_L1);
    const auto width = parseNumber(hasOrder ? text.chopped(2) : text, 1, 8);
    if (!width || (*width & (*width - 1)) != 0) {
        error = lengthShape();
        return {};
    }
    if (*width > 1 && !hasOrder) {
        error = FramingStrings::tr("A length prefix of several bytes needs its byte order: %1be or %1le.").arg(*width);
        return {};
    }
    field.width = quint8(*width);
    return Framing::lengthPrefix(field);
}

std::optional<Framing> parseBetween(QStringView text)
{
    const qsizetype comma = text.indexOf(u',');
    if (comma < 0)
        return {};
    const auto begin = parseMarker(text.first(comma));
    const auto end = parseMarker(text.sliced(comma + 1));
    return begin && end ? std::optional(Framing::between(*begin, *end)) : std::nullopt;
}

/// The framing of this kind whose parameters are text.
std::optional<Framing> parseParameters(Kind kind, QStringView text, QString &error)
{
    std::optional<Framing> framing;
    switch (kind) {
    case Kind::End:
        if (const auto marker = parseMarker(text))
            framing = Framing::endedBy(*marker);
        error = FramingStrings::tr("An end marker is 1 to %1 bytes in hexadecimal digits, such as 03 or 0d0a2e0d0a.")
                    .arg(Framing::maxMarker);
        break;
    case Kind::Between:
        framing = parseBetween(text);
        error = FramingStrings::tr("A begin and an end marker are 1 to %1 bytes each in hexadecimal digits, with a "
                                   "comma between the two, such as 02,03.")
                    .arg(Framing::maxMarker);
        break;
    case Kind::Fixed:
        if (const auto bytes = parseNumber(text, 1, Framing::maxSize))
            framing = Framing::fixedSize(*bytes);
        error = FramingStrings::tr("A fixed size is a number of bytes from 1 to %1.").arg(Framing::maxSize);
        break;
    case Kind::Length:
        framing = parseLength(text, error);
        break;
    case Kind::Silence:
        if (const auto ms = parseNumber(text, 1, Framing::maxSilenceMs))
            framing = Framing::silence(*ms);
        error = FramingStrings::tr("A silence is a number of milliseconds from 1 to %1.").arg(Framing::maxSilenceMs);
        break;
    default:
        break;
    }
    return framing;
}

} // namespace

Framing Framing::endedBy(QByteArrayView marker)
{
    for (const Framing &named : {Nul, Newline, CrLf}) {
        if (marker == named.endMarker())
            return named;
    }
    Framing framing(Kind::End);
    framing.m_endSize = quint8(std::min(marker.size(), maxMarker));
    std::copy_n(marker.begin(), framing.m_endSize, framing.m_end.begin());
    return framing;
}

Framing Framing::between(QByteArrayView begin, QByteArrayView end)
{
    Framing framing(Kind::Between);
    framing.m_beginSize = quint8(std::min(begin.size(), maxMarker));
    framing.m_endSize = quint8(std::min(end.size(), maxMarker));
    std::copy_n(begin.begin(), framing.m_beginSize, framing.m_begin.begin());
    std::copy_n(end.begin(), framing.m_endSize, framing.m_end.begin());
    return framing;
}

Framing Framing::fixedSize(qint32 bytes)
{
    Framing framing(Kind::Fixed);
    framing.m_number = bytes;
    return framing;
}

Framing Framing::lengthPrefix(const LengthField &field)
{
    Framing framing(Kind::Length);
    framing.m_length = field;
    framing.m_length.isLittleEndian = field.isLittleEndian && field.width > 1;
    return framing;
}

Framing Framing::silence(qint32 ms)
{
    Framing framing(Kind::Silence);
    framing.m_number = ms;
    return framing;
}

qsizetype Framing::overhead() const
{
    return qsizetype(m_beginSize) + m_endSize + (m_length.offset == 0 ? m_length.width : 0);
}

QByteArray Framing::word(Kind kind)
{
    switch (kind) {
    case Kind::Nul:
        return QByteArrayLiteral("nul");
    case Kind::Newline:
        return QByteArrayLiteral("newline");
    case Kind::CrLf:
        return QByteArrayLiteral("crlf");
    case Kind::None:
        return QByteArrayLiteral("none");
    case Kind::End:
        return QByteArrayLiteral("end");
    case Kind::Between:
        return QByteArrayLiteral("between");
    case Kind::Fixed:
        return QByteArrayLiteral("fixed");
    case Kind::Length:
        return QByteArrayLiteral("length");
    case Kind::Silence:
        return QByteArrayLiteral("silence");
    }
    return {};
}

QByteArray Framing::text() const
{
    const QByteArray word = Framing::word(m_kind);
    switch (m_kind) {
    case Kind::Nul:
    case Kind::Newline:
    case Kind::CrLf:
    case Kind::None:
        break;
    case Kind::End:
        return word + ':' + endMarker().toByteArray().toHex();
    case Kind::Between:
        return word + ':' + beginMarker().toByteArray().toHex() + ',' + endMarker().toByteArray().toHex();
    case Kind::Fixed:
    case Kind::Silence:
        return word + ':' + QByteArray::number(m_number);
    case Kind::Length: {
        QByteArray text = word + ':' + QByteArray::number(m_length.width);
        if (m_length.width > 1)
            text += m_length.isLittleEndian ? "le" : "be";
        if (m_length.offset != 0)
            text += '@' + QByteArray::number(m_length.offset);
        if (m_length.adds != 0)
            text += (m_length.adds > 0 ? "+" : "") + QByteArray::number(m_length.adds);
        return text;
    }
    }
    return word;
}

std::optional<Framing> Framing::parse(QStringView text, QString *error)
{
    for (const Framing &named : {Nul, Newline, CrLf, None}) {
        if (text == QLatin1StringView(named.text()))
            return named;
    }
    QString sentence;
    std::optional<Framing> framing;
    const qsizetype colon = text.indexOf(u':');
    for (const Kind kind : {Kind::End, Kind::Between, Kind::Fixed, Kind::Length, Kind::Silence}) {
        if (colon >= 0 && text.first(colon) == QLatin1StringView(word(kind)))
            framing = parseParameters(kind, text.sliced(colon + 1), sentence);
    }
    if (!framing && sentence.isEmpty())
        sentence = FramingStrings::tr("A message ends with nul, newline, crlf, none, end:HEX, between:HEX,HEX, "
                                      "fixed:BYTES, length:PREFIX or silence:MS.");
    if (!framing && error)
        *error = sentence;
    return framing;
}
