// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepjson.h"

#include "steptext.h"
#include "utf8.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype timeLength = 27; ///< "2026-11-22T12:54:05.871752Z"

/// Puts short texts together in front of a line: a QByteArray that grows for each of them costs more than they do.
class LineWriter
{
public:
    explicit LineWriter(QByteArray &line)
        : m_line(line)
    {
    }
    ~LineWriter() { line(); }
    Q_DISABLE_COPY_MOVE(LineWriter)

    /// The line with all that was added so far, to append what is long.
    QByteArray &line()
    {
        m_line.append(m_text.data(), qsizetype(std::exchange(m_size, 0)));
        return m_line;
    }

    LineWriter &add(char character)
    {
        if (m_size == m_text.size())
            line();
        m_text[m_size++] = character;
        return *this;
    }

    LineWriter &add(std::string_view text)
    {
        if (text.size() > m_text.size() - m_size)
            line();
        if (text.size() > m_text.size()) {
            m_line.append(text.data(), qsizetype(text.size()));
        } else {
            std::memcpy(m_text.data() + m_size, text.data(), text.size());
            m_size += text.size();
        }
        return *this;
    }

    LineWriter &add(qint64 number, size_t digits = 1)
    {
        std::array<char, 24> text; // NOLINT(cppcoreguidelines-pro-type-member-init): is written by what follows
        const char *const end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
        const auto length = size_t(end - text.data());
        for (size_t i = length; i < digits; ++i)
            add('0');
        return add(std::string_view(text.data(), length));
    }

private:
    QByteArray &m_line;
    std::array<char, 256> m_text; // NOLINT(cppcoreguidelines-pro-type-member-init): m_size says how much of it is text
    size_t m_size = 0;
};

std::optional<qint64> timeFrom(QStringView text)
{
    using namespace std::chrono;
    static constexpr QLatin1StringView shape = "0000-00-00T00:00:00.000000Z"_L1;
    static_assert(shape.size() == timeLength);
    if (text.size() != timeLength)
        return {};
    for (qsizetype i = 0; i < timeLength; ++i) {
        const bool digit = text[i] >= u'0' && text[i] <= u'9';
        if (shape[i] == u'0' ? !digit : text[i] != shape[i])
            return {};
    }
    const auto number = [text](qsizetype from, qsizetype length) { return text.sliced(from, length).toInt(); };
    const year_month_day date{year(number(0, 4)), month(unsigned(number(5, 2))), day(unsigned(number(8, 2)))};
    if (!date.ok() || number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 59)
        return {};
    const sys_time<microseconds> time = sys_days(date) + hours(number(11, 2)) + minutes(number(14, 2)) +
                                        seconds(number(17, 2)) + microseconds(number(20, 6));
    return time.time_since_epoch().count();
}

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

/// Appends bytes as a JSON string, with whatever could harm a terminal escaped; false, and nothing, if they are not
/// UTF-8.
bool appendString(QByteArray &json, QByteArrayView bytes)
{
    const qsizetype before = json.size();
    json.append('"');
    qsizetype plainFrom = 0;
    for (qsizetype i = 0; i < bytes.size();) {
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

void addName(LineWriter &json, std::string_view name)
{
    json.add(",\"").add(name).add("\":");
}

void addField(LineWriter &json, std::string_view name, qint64 value)
{
    addName(json, name);
    json.add(value);
}

void addField(LineWriter &json, std::string_view name, QLatin1StringView word)
{
    addName(json, name);
    json.add('"').add(std::string_view(word.data(), size_t(word.size()))).add('"');
}

void addField(LineWriter &json, std::string_view name, const QString &value)
{
    if (value.isEmpty())
        return;
    addName(json, name);
    appendString(json.line(), value.toUtf8());
}

bool hasFraming(const Step &step)
{
    return step.isMessage() || step.kind == StepKind::Partial;
}

/// The size of a message as far as its other fields tell it; "size" is written only where it is another one.
qint64 derivedSize(const Step &step)
{
    if (!step.isMessage() || step.bytes < 0)
        return 0;
    const bool terminated = step.framing != Framing::None && !step.unterminated && !step.part;
    return std::max<qint64>(0, step.bytes - (terminated ? 1 : 0));
}

void addPayload(LineWriter &json, const Step &step, qsizetype keptBytes)
{
    if (!step.isMessage() && step.payload.isEmpty() && step.size == 0)
        return;
    QByteArrayView kept = QByteArrayView(step.payload).first(std::clamp<qsizetype>(keptBytes, 0, step.payload.size()));
    const bool cut = kept.size() < step.size;
    const QByteArrayView whole = cut ? Utf8::whole(kept) : kept;
    QByteArray &line = json.line();
    const qsizetype before = line.size();
    if (appendString(line.append(",\"text\":"), whole)) {
        kept = whole;
    } else {
        line.truncate(before);
        line.append(",\"hex\":\"").append(kept.toByteArray().toHex()).append('"');
    }
    if (cut)
        addField(json, "kept", kept.size());
    if (step.size != derivedSize(step))
        addField(json, "size", step.size);
}

void addTime(LineWriter &to, qint64 wallUs)
{
    using namespace std::chrono;
    const sys_time<microseconds> time{microseconds(wallUs)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    to.add(int(date.year()), 4).add('-').add(unsigned(date.month()), 2).add('-').add(unsigned(date.day()), 2);
    to.add('T').add(clock.hours().count(), 2).add(':').add(clock.minutes().count(), 2);
    to.add(':').add(clock.seconds().count(), 2).add('.').add(clock.subseconds().count(), 6).add('Z');
}

/// Reads the fields of a JSON object; one that has the wrong type or range makes ok false.
struct Reader {
    const QJsonObject &object;
    bool ok = true;

    qint64 integer(QLatin1StringView name, qint64 missing, qint64 lowest, qint64 highest)
    {
        const QJsonValue value = object.value(name);
        if (value.isUndefined())
            return missing;
        const qint64 number = value.toInteger(lowest - 1);
        ok = ok && value.isDouble() && number >= lowest && number <= highest;
        return number;
    }

    QString string(QLatin1StringView name)
    {
        const QJsonValue value = object.value(name);
        ok = ok && (value.isUndefined() || value.isString());
        const QString text = value.toString();
        // JSON can name half a surrogate pair, which no line can be written with.
        return text.isValidUtf16() ? text : QString::fromUtf8(text.toUtf8());
    }

    bool flag(QLatin1StringView name)
    {
        const QJsonValue value = object.value(name);
        ok = ok && (value.isUndefined() || value.isBool());
        return value.toBool();
    }
};

void readKind(Reader &reader, Step &step)
{
    const QString kind = reader.string("kind"_L1);
    const QString event = reader.string("event"_L1);
    const bool isEvent = kind.isEmpty();
    reader.ok = reader.ok && isEvent != event.isEmpty() && StepText::fromWord(isEvent ? event : kind, step.kind) &&
                step.isEvent() == isEvent;
}

void readPayload(Reader &reader, Step &step)
{
    step.payload = reader.string("text"_L1).toUtf8();
    if (reader.object.contains("hex"_L1)) {
        const QByteArray hex = reader.string("hex"_L1).toLatin1();
        const bool digits = std::all_of(hex.begin(), hex.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        });
        reader.ok = reader.ok && digits && hex.size() % 2 == 0 && !reader.object.contains("text"_L1);
        step.payload = QByteArray::fromHex(hex);
    }
    step.payload.truncate(Step::keptBytes);
    step.size = reader.integer("size"_L1, derivedSize(step), 0, std::numeric_limits<qint64>::max());
}

} // namespace

void StepJson::appendTime(QByteArray &to, qint64 wallUs)
{
    LineWriter writer(to);
    addTime(writer, wallUs);
}

QByteArray StepJson::toLine(const Step &step, qsizetype keptBytes)
{
    QByteArray json;
    json.reserve(256 + std::min(keptBytes, step.payload.size()));
    appendLine(json, step, keptBytes);
    return json;
}

void StepJson::appendLine(QByteArray &line, const Step &step, qsizetype keptBytes)
{
    LineWriter json(line);
    json.add("{\"time\":\"");
    addTime(json, step.time.wallUs);
    json.add('"');
    addField(json, "monotonic_us", step.time.monotonicUs);
    addField(json, "side", StepText::word(step.side));
    if (step.connection > 0)
        addField(json, "connection", step.connection);
    addField(json, "local", step.local);
    addField(json, "peer", step.peer);
    if (step.number > 0)
        addField(json, "step", step.number);
    addField(json, step.isEvent() ? "event" : "kind", StepText::word(step.kind));
    if (step.bytes >= 0)
        addField(json, "bytes", step.bytes);
    if (step.offset >= 0)
        addField(json, "offset", step.offset);
    addPayload(json, step, keptBytes);
    if (step.part)
        json.add(",\"part\":true");
    if (step.unterminated)
        json.add(",\"unterminated\":true");
    if (step.framing != Framing::Nul && hasFraming(step))
        addField(json, "framing", StepText::word(step.framing));
    addField(json, "detail", step.detail);
    json.add('}');
}

bool StepJson::fromLine(QByteArrayView line, Step &step)
{
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size()));
    if (!document.isObject())
        return false;
    const QJsonObject object = document.object();
    Reader reader{object};
    Step read;
    const std::optional<qint64> wallUs = timeFrom(reader.string("time"_L1));
    const QString side = reader.string("side"_L1);
    if (!wallUs || (side != "client"_L1 && side != "server"_L1))
        return false;
    constexpr qint64 highest = std::numeric_limits<qint64>::max();
    constexpr qint64 highestCount = std::numeric_limits<int>::max();
    read.time = {*wallUs, reader.integer("monotonic_us"_L1, 0, std::numeric_limits<qint64>::min() + 1, highest)};
    read.side = side == "server"_L1 ? Side::Server : Side::Client;
    readKind(reader, read);
    read.number = int(reader.integer("step"_L1, 0, 0, highestCount));
    read.connection = int(reader.integer("connection"_L1, 0, 0, highestCount));
    read.local = reader.string("local"_L1);
    read.peer = reader.string("peer"_L1);
    read.bytes = reader.integer("bytes"_L1, -1, 0, highest);
    read.offset = reader.integer("offset"_L1, -1, 0, highest);
    read.part = reader.flag("part"_L1);
    read.unterminated = reader.flag("unterminated"_L1);
    const QString framing = reader.string("framing"_L1);
    if (!framing.isEmpty() && !StepText::fromWord(framing, read.framing))
        return false;
    if (!hasFraming(read))
        read.framing = Framing::Nul;
    readPayload(reader, read);
    read.detail = reader.string("detail"_L1);
    if (!reader.ok)
        return false;
    step = read;
    return true;
}
