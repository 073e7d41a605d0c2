// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <array>
#include <optional>

/// What ends a message on the wire. A plain value, 56 bytes at most; pure.
class Framing
{
public:
    enum class Kind : quint8 {
        Nul,
        Newline,
        CrLf,
        None,    ///< a message is whatever one read returned
        End,     ///< an end marker
        Between, ///< a begin and an end marker
        Fixed,   ///< a size
        Length,  ///< a length prefix
        Silence, ///< nothing came for some time
    };

    static constexpr qsizetype maxMarker = 16;          ///< bytes
    static constexpr qint32 maxSize = 16 * 1024 * 1024; ///< of a fixed size
    static constexpr qint32 maxOffset = 65535;          ///< of a length prefix
    static constexpr qint32 maxAdds = 16 * 1024 * 1024; ///< what a length prefix adds or subtracts, at most
    static constexpr qint32 maxSilenceMs = 60 * 1000;

    /// A length prefix: an unsigned number of width bytes, offset bytes after the beginning of the message. As many
    /// bytes follow it as the number plus adds. If offset is 0, the prefix is not part of the message's payload;
    /// else the payload is the whole message.
    struct LengthField {
        qint32 offset = 0;
        qint32 adds = 0;
        quint8 width = 0; ///< 1, 2, 4 or 8
        bool isLittleEndian = false;

        constexpr bool operator==(const LengthField &) const = default;
    };

    static const Framing Nul;
    static const Framing Newline;
    static const Framing CrLf;
    static const Framing None;

    constexpr Framing() = default; ///< Nul
    /// Markers have 1 to maxMarker bytes. An end marker that has a name (00, 0a, 0d0a) gives the framing of that name.
    static Framing endedBy(QByteArrayView marker);
    static Framing between(QByteArrayView begin, QByteArrayView end);
    static Framing fixedSize(qint32 bytes);
    static Framing lengthPrefix(const LengthField &field);
    static Framing silence(qint32 ms);

    constexpr Kind kind() const { return m_kind; }
    bool hasEndMarker() const { return m_endSize > 0; }
    QByteArrayView endMarker() const { return {m_end.data(), m_endSize}; } ///< of Nul, …, End, Between; else empty
    QByteArrayView beginMarker() const { return {m_begin.data(), m_beginSize}; } ///< of Between, else empty
    qint32 fixedSize() const { return m_kind == Kind::Fixed ? m_number : 0; }
    qint32 silenceMs() const { return m_kind == Kind::Silence ? m_number : 0; }
    const LengthField &lengthField() const { return m_length; } ///< of Length; else its width is 0

    /// How many bytes a whole message has on the wire besides its payload.
    qsizetype overhead() const;

    /// "nul", "newline", "crlf", "none", "end:03", "between:02,03", "fixed:128", "length:4le@2+6", "silence:200": as
    /// on the command line, in session files and in a window's memory. The same for equal framings.
    QByteArray text() const;
    static QByteArray word(Kind kind); ///< what stands before the colon
    /// Reads text(). If that is not possible, error becomes a sentence that says what is wrong.
    static std::optional<Framing> parse(QStringView text, QString *error = nullptr);

    constexpr bool operator==(const Framing &) const = default;

private:
    using Marker = std::array<char, maxMarker>;

    constexpr explicit Framing(Kind kind, char first = 0, char second = 0, quint8 endSize = 0)
        : m_end{first, second}
        , m_endSize(endSize)
        , m_kind(kind)
    {
    }

    Marker m_begin{};
    Marker m_end{};
    quint8 m_beginSize = 0;
    quint8 m_endSize = 1;
    Kind m_kind = Kind::Nul;
    LengthField m_length;
    qint32 m_number = 0; ///< a size in bytes, or milliseconds
};

inline constexpr Framing Framing::Nul{Kind::Nul, '\0', '\0', 1};
inline constexpr Framing Framing::Newline{Kind::Newline, '\n', '\0', 1};
inline constexpr Framing Framing::CrLf{Kind::CrLf, '\r', '\n', 2};
inline constexpr Framing Framing::None{Kind::None};
