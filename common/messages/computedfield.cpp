// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "computedfield.h"

#include "checksum.h"

#include <QDateTime>
#include <QStringList>
#include <QtNumeric>

#include <algorithm>
#include <array>

struct ComputedField::Name {
    QLatin1StringView text;
    Kind kind;
    quint8 width;
};

const ComputedField::Name ComputedField::s_names[] = {
    {QLatin1StringView("crc16-modbus"), Kind::Crc16Modbus, 2},
    {QLatin1StringView("crc16-ccitt"), Kind::Crc16Ccitt, 2},
    {QLatin1StringView("crc32"), Kind::Crc32, 4},
    {QLatin1StringView("sum8"), Kind::Sum8, 1},
    {QLatin1StringView("xor8"), Kind::Xor8, 1},
    {QLatin1StringView("length"), Kind::Length, 0},
    {QLatin1StringView("counter"), Kind::Counter, 0},
    {QLatin1StringView("time"), Kind::Time, 0},
};

QStringList ComputedField::names()
{
    QStringList names;
    for (const Name &name : s_names)
        names.append(name.text);
    return names;
}

std::variant<ComputedField, QString> ComputedField::parse(QStringView text)
{
    const qsizetype colon = text.indexOf(u':');
    const QStringView word = (colon < 0 ? text : text.first(colon)).trimmed();
    const auto *const name =
        std::find_if(std::begin(s_names), std::end(s_names), [word](const Name &known) { return word == known.text; });
    if (name == std::end(s_names)) {
        return tr("There is no computed field {%1}. There are: %2.").arg(word, names().join(QLatin1StringView(", ")));
    }

    ComputedField field;
    field.m_text = text.toString();
    field.m_kind = name->kind;
    field.m_width = name->width;
    field.m_isLittleEndian = name->kind == Kind::Crc16Modbus;
    if (!field.isChecksum())
        field.m_notation = Notation::Decimal;
    if (colon < 0)
        return field;
    for (const QStringView option : text.sliced(colon + 1).split(u',')) {
        if (const QString mistake = field.read(option.trimmed()); !mistake.isEmpty())
            return mistake;
    }
    return field;
}

/// Returns a sentence if the field does not take the option.
QString ComputedField::read(QStringView option)
{
    if (isChecksum()) {
        if (option == u"be" || option == u"le")
            m_isLittleEndian = option == u"le";
        else if (option == u"hex")
            m_notation = Notation::Hex;
        else if (!readRange(option))
            return tr("A checksum takes FIRST..LAST, be, le or hex, not “%1”.").arg(option);
        return {};
    }
    if (m_kind == Kind::Time) {
        if (option != u"s" && option != u"ms")
            return tr("The time takes s or ms, not “%1”.").arg(option);
        m_unit = option == u"s" ? Unit::Seconds : Unit::Milliseconds;
        return {};
    }
    bool isNumber = true;
    if (option.startsWith(u'+') || option.startsWith(u'-'))
        m_added = option.toLongLong(&isNumber);
    else if (option == u"hex")
        m_notation = Notation::Hex;
    else
        isNumber = readWidth(option);
    if (isNumber)
        return {};
    return tr("A length or counter takes a number of bytes and their order, as 2be or 4le, or hex, or what is added, "
              "as "
              "+2; not “%1”.")
        .arg(option);
}

bool ComputedField::readRange(QStringView option)
{
    const qsizetype dots = option.indexOf(QLatin1StringView(".."));
    bool hasFirst = false;
    bool hasLast = false;
    if (dots >= 0) {
        m_first = option.first(dots).toLongLong(&hasFirst);
        m_last = option.sliced(dots + 2).toLongLong(&hasLast);
    }
    return hasFirst && hasLast;
}

bool ComputedField::readWidth(QStringView option)
{
    static constexpr std::array<quint8, 4> widths = {1, 2, 4, 8};
    m_isLittleEndian = option.endsWith(u"le");
    if (m_isLittleEndian || option.endsWith(u"be"))
        option.chop(2);
    const ushort width = option.toUShort();
    if (std::ranges::find(widths, width) == widths.end())
        return false;
    m_width = quint8(width);
    if (m_notation == Notation::Decimal)
        m_notation = Notation::Binary;
    return true;
}

QByteArray ComputedField::compute(QByteArrayView before, qint64 behind, const Values &values) const
{
    if (isChecksum())
        return number(checksum(range(before)));
    if (m_kind == Kind::Time)
        return time(values.wallUs);
    return number(quint64(isLength() ? behind : values.counter) + quint64(m_added));
}

bool ComputedField::fits(qint64 behind) const
{
    qint64 value = 0;
    return !qAddOverflow(behind, m_added, &value) && value >= 0 &&
           (m_width == 0 || m_width == 8 || value >> (8 * m_width) == 0);
}

quint64 ComputedField::checksum(QByteArrayView bytes) const
{
    switch (m_kind) {
    case Kind::Crc16Modbus:
        return Checksum::crc16Modbus(bytes);
    case Kind::Crc16Ccitt:
        return Checksum::crc16Ccitt(bytes);
    case Kind::Crc32:
        return Checksum::crc32(bytes);
    case Kind::Sum8:
        return Checksum::sum8(bytes);
    default:
        return Checksum::xor8(bytes);
    }
}

QByteArrayView ComputedField::range(QByteArrayView before) const
{
    const auto place = [&before](qint64 index) { return index < 0 ? before.size() + index : index; };
    const qint64 first = std::clamp<qint64>(place(m_first), 0, before.size());
    const qint64 last = std::clamp<qint64>(place(m_last), first - 1, before.size() - 1);
    return before.sliced(first, last + 1 - first);
}

QByteArray ComputedField::number(quint64 value) const
{
    if (m_notation == Notation::Decimal)
        return QByteArray::number(value);
    QByteArray bytes;
    for (int i = 0; i < m_width; ++i) {
        const int byte = m_isLittleEndian ? i : m_width - 1 - i;
        bytes.append(char(value >> (8 * byte)));
    }
    if (m_notation == Notation::Binary)
        return bytes;
    return m_width > 0 ? bytes.toHex().toUpper() : QByteArray::number(value, 16).toUpper();
}

QByteArray ComputedField::time(qint64 wallUs) const
{
    const qint64 ms = wallUs / 1000;
    if (m_unit == Unit::Text)
        return QDateTime::fromMSecsSinceEpoch(ms).toUTC().toString(Qt::ISODateWithMs).toLatin1();
    return QByteArray::number(m_unit == Unit::Seconds ? ms / 1000 : ms);
}
