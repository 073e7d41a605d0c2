// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QCoreApplication>

#include <optional>
#include <variant>

/// A part of a message that is computed when the message is sent. It is typed as {NAME} or {NAME:OPTION,…}:
///
///     {crc16-modbus} {crc16-ccitt} {crc32} {sum8} {xor8}
///         over the bytes before the field. Options: FIRST..LAST (only these bytes: 0 is the first byte of the message,
///         -1 the last one before the field), be or le (the byte order; le for crc16-modbus, else be), hex (as
///         hexadecimal digits).
///     {length}
///         the number of bytes behind the field, in decimal digits. Options: 1, 2, 4 or 8 (so many bytes, with be or le
///         as in 2be and 4le), hex, +N or -N (to be added).
///     {counter}
///         1 for the first message with a counter that this end sends on a connection, then 2, 3, …, in decimal
///         digits. Options: as of length.
///     {time}
///         when the message is sent, as 2026-11-22T12:54:05.871Z. Options: s or ms (since 1970).
///
/// Pure; any thread.
class ComputedField
{
    Q_DECLARE_TR_FUNCTIONS(ComputedField)
public:
    /// What fields need to know when they are computed.
    struct Values {
        qint64 counter = 1;
        qint64 wallUs = 0; ///< since 1970, UTC
    };

    /// Reads what stands between the braces. Returns a sentence if that is no field.
    static std::variant<ComputedField, QString> parse(QStringView text);
    static QStringList names();

    const QString &text() const { return m_text; } ///< what parse() has read

    bool isChecksum() const { return m_kind <= Kind::Xor8; }
    bool isLength() const { return m_kind == Kind::Length; }
    bool isCounter() const { return m_kind == Kind::Counter; }

    /// before: the bytes of the message before the field, for a checksum. behind: how many stand behind it, for a
    /// length. A number that does not fit() keeps its lowest bytes.
    QByteArray compute(QByteArrayView before, qint64 behind, const Values &values) const;
    bool fits(qint64 behind) const; ///< the length

private:
    enum class Kind : quint8 { Crc16Modbus, Crc16Ccitt, Crc32, Sum8, Xor8, Length, Counter, Time };
    enum class Notation : quint8 { Binary, Decimal, Hex };
    enum class Unit : quint8 { Text, Seconds, Milliseconds };
    struct Name;

    QString read(QStringView option);
    bool readRange(QStringView option);
    bool readWidth(QStringView option);
    quint64 checksum(QByteArrayView bytes) const;
    QByteArray number(quint64 value) const;
    QByteArrayView range(QByteArrayView before) const;
    QByteArray time(qint64 wallUs) const;

    static const Name s_names[];

    QString m_text;
    Kind m_kind = Kind::Time;
    Notation m_notation = Notation::Binary;
    Unit m_unit = Unit::Text;
    quint8 m_width = 0; ///< bytes of a binary number; of a number in hexadecimal digits, 0: as many as it needs
    bool m_isLittleEndian = false;
    qint64 m_added = 0; ///< to a length or a counter
    qint64 m_first = 0; ///< byte of a checksum
    qint64 m_last = -1; ///< byte of it; negative numbers count from the field
};
