// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linewriter.h"

#include "utf8.h"

#include <QChar>

#include <algorithm>

namespace {

void appendUnicodeEscape(QByteArray &json, char32_t code)
{
    if (code > 0xFFFF) {
        appendUnicodeEscape(json, QChar::highSurrogate(code));
        code = QChar::lowSurrogate(code);
    }
    json.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4)
        json.append("0123456789abcdef"[(code >> shift) & 0xF]);
}

void appendEscape(QByteArray &json, char32_t code)
{
    switch (code) {
    case '"':
    case '\\':
        json.append('\\').append(char(code));
        break;
    case '\n':
        json.append("\\n");
        break;
    case '\r':
        json.append("\\r");
        break;
    case '\t':
        json.append("\\t");
        break;
    default:
        appendUnicodeEscape(json, code);
    }
}

/// A character that a JSON string has as it is: most of most messages.
bool isPlain(char byte)
{
    return byte >= ' ' && byte <= '~' && byte != '"' && byte != '\\';
}

constexpr qsizetype plainBlock = 64;

/// Are so many bytes all plain? A loop without a way out, in bytes, so that it becomes vector instructions.
bool isPlainBlock(const char *block)
{
    uchar others = 0;
    for (qsizetype i = 0; i < plainBlock; ++i)
        others |= isPlain(block[i]) ? 0 : 1;
    return others == 0;
}

/// How many bytes are plain before the first that is not.
qsizetype plainLength(QByteArrayView bytes)
{
    qsizetype length = 0;
    while (length + plainBlock <= bytes.size() && isPlainBlock(bytes.data() + length))
        length += plainBlock;
    while (length < bytes.size() && isPlain(bytes[length]))
        ++length;
    return length;
}

} // namespace

bool LineWriter::addString(QByteArrayView bytes)
{
    const qsizetype plain = plainLength(bytes);
    if (plain == bytes.size()) {
        add('"').add(std::string_view(bytes.data(), size_t(plain))).add('"');
        return true;
    }
    QByteArray &json = line();
    const qsizetype before = json.size();
    json.append('"');
    qsizetype plainFrom = 0;
    for (qsizetype i = plain; i < bytes.size();) {
        if (isPlain(bytes[i])) {
            i += plainLength(bytes.sliced(i));
            continue;
        }
        const Utf8::Character character = Utf8::at(bytes, i);
        if (!character.valid) {
            json.truncate(before);
            return false;
        }
        if (character.code == '"' || character.code == '\\' || Utf8::isHidden(character.code)) {
            json.append(bytes.sliced(plainFrom, i - plainFrom));
            appendEscape(json, character.code);
            plainFrom = i + character.length;
        }
        i += character.length;
    }
    json.append(bytes.sliced(plainFrom)).append('"');
    return true;
}

void LineWriter::addString(QStringView text)
{
    // Beyond Latin-1 that is 0.
    const auto isPlainCharacter = [](QChar character) { return isPlain(character.toLatin1()); };
    if (size_t(text.size()) > m_text.size() || !std::all_of(text.begin(), text.end(), isPlainCharacter)) {
        addString(text.toUtf8());
        return;
    }
    add('"');
    if (size_t(text.size()) > m_text.size() - m_size)
        line();
    for (const QChar character : text)
        m_text[m_size++] = character.toLatin1();
    add('"');
}
