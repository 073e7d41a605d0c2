// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepjson.h"

#include "base/linewriter.h"
#include "base/utf8.h"
#include "steptext.h"

#include <algorithm>
#include <chrono>

namespace {

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
    json.addString(value);
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
    addName(json, "text");
    if (json.addString(whole)) {
        kept = whole;
    } else {
        line.truncate(before);
        line.append(",\"hex\":\"").append(kept.toByteArray().toHex()).append('"');
    }
    if (cut)
        addField(json, "kept", kept.size());
    if (step.size != step.expectedSize())
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
    if (step.framing != Framing::Nul && step.hasFraming())
        addField(json, "framing", QLatin1StringView(step.framing.text()));
    if (step.kind == StepKind::Connected && step.sendFraming != step.framing)
        addField(json, "send_framing", QLatin1StringView(step.sendFraming.text()));
    addField(json, "detail", step.detail);
    json.add('}');
}
