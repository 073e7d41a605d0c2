// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "typedmessage.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>

namespace {

/// In the order of MessageForm.
constexpr std::array formWords = {QLatin1StringView("text"), QLatin1StringView("escapes"), QLatin1StringView("hex"),
                                  QLatin1StringView("file")};

/// What follows the backslash of the short escapes, and the byte that each stands for.
constexpr QLatin1StringView simpleLetters("nrt0\\");
constexpr QByteArrayView simpleBytes("\n\r\t\0\\", 5);

bool isHexDigit(QChar character)
{
    return (character >= u'0' && character <= u'9') || (character >= u'a' && character <= u'f') ||
           (character >= u'A' && character <= u'F');
}

/// Reads the text of a message from left to right, up to the first mistake.
class MessageScanner
{
    Q_DECLARE_TR_FUNCTIONS(TypedMessage)
public:
    MessageScanner(const TypedMessage &typed, int lastGroup)
        : m_typed(typed)
        , m_text(typed.text)
        , m_lastGroup(lastGroup)
    {
    }

    auto read()
    {
        while (m_at < m_text.size() && !m_read.mistake) {
            if (m_text[m_at] == u'{' && m_typed.form != MessageForm::Text)
                readBrace();
            else if (m_typed.form != MessageForm::Text && m_lastGroup >= 0 && m_text.sliced(m_at).startsWith(u"\\g"))
                readCapture();
            else if (m_typed.form == MessageForm::Hex)
                readHex();
            else if (m_text[m_at] == u'\\' && m_typed.form == MessageForm::Escapes)
                readEscape();
            else
                readCharacter();
        }
        if (const int field = m_read.message.fieldWithoutRoom(); !m_read.mistake && field >= 0)
            fail(m_fields[field].at, m_fields[field].length, tr("The length does not fit into this field."));
        return std::move(m_read);
    }

private:
    struct Place {
        qsizetype at = 0;
        qsizetype length = 0;
    };

    void fail(qsizetype at, qsizetype length, const QString &sentence)
    {
        m_read.mistake = {.at = at, .length = qMin(length, m_text.size() - at), .sentence = sentence};
    }

    void readCharacter()
    {
        const QChar character = m_text[m_at];
        if (character == u'\n') {
            m_read.message.append(m_typed.hasCrLf ? QByteArrayView("\r\n") : QByteArrayView("\n"));
            ++m_at;
            return;
        }
        const bool isPair =
            character.isHighSurrogate() && m_at + 1 < m_text.size() && m_text[m_at + 1].isLowSurrogate();
        const qsizetype length = isPair ? 2 : 1;
        encode(isPair ? QChar::surrogateToUcs4(character, m_text[m_at + 1]) : char32_t(character.unicode()), length);
    }

    /// Appends the character that is typed as length characters here.
    void encode(char32_t code, qsizetype length)
    {
        if (m_typed.encoding == TypedMessage::Encoding::Latin1) {
            if (code > 0xFF) {
                fail(m_at, length, tr("“%1” is not in Latin-1.").arg(m_text.sliced(m_at, length)));
                return;
            }
            const char byte = char(code);
            m_read.message.append(QByteArrayView(&byte, 1));
        } else {
            if (code > 0x10FFFF || QChar::isSurrogate(code)) {
                fail(m_at, length, tr("This is not a character of Unicode."));
                return;
            }
            m_read.message.append(QStringView(QChar::fromUcs4(code)).toUtf8());
        }
        m_at += length;
    }

    void readEscape()
    {
        const QChar letter = m_at + 1 < m_text.size() ? m_text[m_at + 1] : QChar();
        if (const qsizetype simple = letter.isNull() ? -1 : simpleLetters.indexOf(letter); simple >= 0) {
            m_read.message.append(simpleBytes.sliced(simple, 1));
            m_at += 2;
        } else if (letter == u'x') {
            m_at += 2;
            readByte(tr("\\x takes two hexadecimal digits, as in \\x1b."), 2);
        } else if (letter == u'u') {
            readCodePoint();
        } else {
            fail(m_at, 2,
                 tr("A backslash begins \\n, \\r, \\t, \\0, \\xNN or \\u{…}. A backslash as such is typed as "
                    "\\\\."));
        }
    }

    void readCodePoint()
    {
        const qsizetype end = m_text.indexOf(u'}', m_at);
        bool isNumber = false;
        char32_t code = 0;
        if (end > m_at + 3 && m_text[m_at + 2] == u'{') {
            const QStringView digits = m_text.sliced(m_at + 3, end - m_at - 3);
            code = digits.size() <= 6 && std::all_of(digits.begin(), digits.end(), isHexDigit)
                       ? digits.toUInt(&isNumber, 16)
                       : 0;
        }
        if (!isNumber)
            fail(m_at, 2, tr("\\u takes the number of a character in braces, in hexadecimal digits, as in \\u{e9}."));
        else
            encode(code, end + 1 - m_at);
    }

    void readCapture()
    {
        const qsizetype end = m_text.indexOf(u'}', m_at);
        bool isNumber = false;
        int group = -1;
        if (end > m_at + 3 && end <= m_at + 6 && m_text[m_at + 2] == u'{')
            group = m_text.sliced(m_at + 3, end - m_at - 3).toInt(&isNumber);
        if (!isNumber || group < 0) {
            fail(m_at, 2, tr("\\g takes the number of a group in braces, as in \\g{1}."));
        } else if (group > m_lastGroup) {
            fail(m_at, end + 1 - m_at, tr("The last group that can be used here is \\g{%1}.").arg(m_lastGroup));
        } else {
            m_read.message.append(MessageTemplate::Capture{group});
            m_at = end + 1;
        }
    }

    void readHex()
    {
        const QChar character = m_text[m_at];
        if (character.isSpace() || character == u',')
            ++m_at;
        else if (m_text.mid(m_at, 2).compare(QLatin1StringView("0x"), Qt::CaseInsensitive) == 0)
            readByteBehind(2);
        else if (!isHexDigit(character))
            fail(m_at, 1, tr("“%1” is not a hexadecimal digit.").arg(character));
        else
            readByteBehind(0);
    }

    void readByteBehind(qsizetype prefix)
    {
        m_at += prefix;
        readByte(tr("A byte has two hexadecimal digits."), prefix);
    }

    /// Reads two digits. typedBefore: the characters before them that belong to a mistake.
    void readByte(const QString &sentence, qsizetype typedBefore)
    {
        const QStringView digits = m_text.mid(m_at, 2);
        if (digits.size() < 2 || !isHexDigit(digits[0]) || !isHexDigit(digits[1])) {
            fail(m_at - typedBefore, typedBefore + 1, sentence);
            return;
        }
        const char byte = char(digits.toUInt(nullptr, 16));
        m_read.message.append(QByteArrayView(&byte, 1));
        m_at += 2;
    }

    void readBrace()
    {
        if (m_text.sliced(m_at).startsWith(u"{{") && m_typed.form == MessageForm::Escapes) {
            m_read.message.append(QByteArrayView("{"));
            m_at += 2;
            return;
        }
        const qsizetype end = m_text.indexOf(u'}', m_at);
        if (end < 0) {
            fail(m_at, m_text.size() - m_at, tr("The computed field has no closing brace.") + hint());
            return;
        }
        const auto field = ComputedField::parse(m_text.sliced(m_at + 1, end - m_at - 1));
        if (const auto *sentence = std::get_if<QString>(&field)) {
            fail(m_at, end + 1 - m_at, *sentence + hint());
            return;
        }
        m_read.message.append(std::get<ComputedField>(field));
        m_fields.append({.at = m_at, .length = end + 1 - m_at});
        m_at = end + 1;
    }

    QString hint() const
    {
        return m_typed.form == MessageForm::Escapes ? u' ' + tr("A brace as such is typed as {{.") : QString();
    }

    const TypedMessage &m_typed;
    QStringView m_text;
    qsizetype m_at = 0;
    int m_lastGroup;
    QList<Place> m_fields; ///< of the message, in its order
    TypedMessage::Read m_read;
};

} // namespace

TypedMessage::Read TypedMessage::read(int lastGroup) const
{
    if (form == MessageForm::File)
        return {.message = streamedBytes > 0 ? MessageTemplate(StreamedFile{text, streamedBytes}) : content,
                .mistake = {}};
    return MessageScanner(*this, lastGroup).read();
}

std::optional<TypedMessage> TypedMessage::in(MessageForm to, int lastGroup) const
{
    const Read from = read(lastGroup);
    if (from.mistake || from.message.file())
        return std::nullopt;
    TypedMessage typed{.form = to, .encoding = encoding, .hasCrLf = hasCrLf};
    for (const MessageTemplate::Part &part : from.message.parts()) {
        const auto *bytes = std::get_if<QByteArray>(&part);
        if (to == MessageForm::Hex && !typed.text.isEmpty())
            typed.text += u' ';
        if (const auto *field = std::get_if<ComputedField>(&part))
            typed.text += u'{' + field->text() + u'}';
        else if (const auto *capture = std::get_if<MessageTemplate::Capture>(&part))
            typed.text += QStringLiteral("\\g{%1}").arg(capture->group);
        else if (to == MessageForm::Hex)
            typed.text += inHex(*bytes);
        else if (to == MessageForm::Escapes)
            typed.text += withEscapes(*bytes, encoding);
        else
            typed.text += encoding == Encoding::Latin1 ? QString::fromLatin1(*bytes) : QString::fromUtf8(*bytes);
    }
    if (to == MessageForm::Text && hasCrLf)
        typed.text.replace(QLatin1StringView("\r\n"), QLatin1StringView("\n"));
    const Read back = typed.read(lastGroup);
    const bool isSame = !back.mistake && back.message.parts().size() == from.message.parts().size() &&
                        back.message.fill({}) == from.message.fill({});
    return isSame ? std::optional(typed) : std::nullopt;
}

QString TypedMessage::inHex(QByteArrayView bytes)
{
    return QString::fromLatin1(QByteArray::fromRawData(bytes.data(), bytes.size()).toHex(' '));
}

QString TypedMessage::withEscapes(QByteArrayView bytes, Encoding encoding)
{
    QString text;
    for (qsizetype at = 0; at < bytes.size();) {
        const Utf8::Character character = Utf8::at(bytes, at);
        const bool isCharacter = character.isValid && (encoding == Encoding::Utf8 || character.length == 1);
        if (const qsizetype simple = simpleBytes.indexOf(bytes[at]); simple >= 0)
            text += u'\\' + QChar(simpleLetters[simple]);
        else if (bytes[at] == '{')
            text += QLatin1StringView("{{");
        else if (isCharacter && !Utf8::isHidden(character.code))
            text += QChar::fromUcs4(character.code);
        else if (isCharacter && character.length > 1)
            text += QStringLiteral("\\u{%1}").arg(uint(character.code), 0, 16);
        else
            text += QStringLiteral("\\x%1").arg(uint(uchar(bytes[at])), 2, 16, QLatin1Char('0'));
        at += isCharacter ? character.length : 1;
    }
    return text;
}

QLatin1StringView TypedMessage::word(MessageForm form)
{
    return formWords.at(size_t(form));
}

std::optional<MessageForm> TypedMessage::formOf(QStringView word)
{
    for (size_t i = 0; i < formWords.size(); ++i) {
        if (word == formWords.at(i))
            return MessageForm(i);
    }
    return std::nullopt;
}
