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

/// Whether a JSON string contains the character unescaped. Most characters of most messages are of this kind.
bool isPlain(char byte)
{
    return byte >= ' ' && byte <= '~' && byte != '"' && byte != '\\';
}

constexpr qsizetype plainBlock = 64;

/// Whether all bytes of a block are plain. The loop has no early exit and works on bytes, so that the compiler
/// vectorizes it.
bool isPlainBlock(const char *block)
{
    uchar others = 0;
    for (qsizetype i = 0; i < plainBlock; ++i)
        others |= isPlain(block[i]) ? 0 : 1;
    return others == 0;
}

/// Returns the number of plain bytes before the first other byte.
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
        if (!character.isValid) {
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
    // toLatin1() returns 0 for characters beyond Latin-1.
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
