// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepjson.h"

#include "steptext.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<qint64> timeFrom(QStringView text)
{
    using namespace std::chrono;
    static constexpr QLatin1StringView shape = "0000-00-00T00:00:00.000000Z"_L1;
    if (text.size() != shape.size())
        return {};
    for (qsizetype i = 0; i < text.size(); ++i) {
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

void readFraming(Reader &reader, Step &step)
{
    const auto parse = [&reader](QLatin1StringView name, const Framing &missing) {
        const QString text = reader.string(name);
        const auto framing = text.isEmpty() ? missing : Framing::parse(text);
        reader.ok = reader.ok && framing;
        return framing.value_or(missing);
    };
    const Framing framing = parse("framing"_L1, Framing::Nul);
    const Framing sendFraming = parse("send_framing"_L1, framing);
    if (step.hasFraming())
        step.framing = framing;
    if (step.kind == StepKind::Connected)
        step.sendFraming = sendFraming;
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
    step.size = reader.integer("size"_L1, step.expectedSize(), 0, std::numeric_limits<qint64>::max());
}

} // namespace

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
    read.time = {*wallUs, reader.integer("monotonic_us"_L1, 0, 0, highest)};
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
    readFraming(reader, read);
    readPayload(reader, read);
    read.detail = reader.string("detail"_L1);
    if (!reader.ok)
        return false;
    step = read;
    return true;
}
