// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkrules.h"

#include "linkrulereader.h"

#include <QRegularExpression>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxQuoted = 60;

/// "50ms", "1500us"
QString timeText(LinkRule::Duration time)
{
    const qint64 microseconds = time.count();
    if (microseconds % 1'000 != 0)
        return QString::number(microseconds) + "us"_L1;
    if (microseconds % 1'000'000 != 0 || microseconds == 0)
        return QString::number(microseconds / 1'000) + "ms"_L1;
    return QString::number(microseconds / 1'000'000) + u's';
}

/// "2%", "0.05%"
QString percentText(quint32 millionths)
{
    QString fraction = u"%1"_s.arg(millionths % 10'000, 4, 10, QLatin1Char('0'));
    while (fraction.endsWith(u'0'))
        fraction.chop(1);
    const QString whole = QString::number(millionths / 10'000);
    return fraction.isEmpty() ? whole + u'%' : whole + u'.' + fraction + u'%';
}

/// "1mbit", "1500kbit"
QString rateText(qint64 bitsPerSecond)
{
    constexpr std::array<QLatin1StringView, 4> units{"bit"_L1, "kbit"_L1, "mbit"_L1, "gbit"_L1};
    size_t unit = 0;
    for (; unit + 1 < units.size() && bitsPerSecond % 1'000 == 0; ++unit)
        bitsPerSecond /= 1'000;
    return QString::number(bitsPerSecond) + units.at(unit);
}

QString segmentText(const LinkRule &rule)
{
    return rule.verb == LinkVerb::Hold ? QString(segmentKindWords.at(size_t(rule.segment->kind)))
                                       : rule.segment->text();
}

/// What follows the end and the segment.
QString valueText(const LinkRule &rule)
{
    switch (rule.verb) {
    case LinkVerb::Delay:
        return timeText(rule.delay) + (rule.jitter.count() == 0 ? QString() : u" ±"_s + timeText(rule.jitter));
    case LinkVerb::Duplicate:
        return rule.segment ? QString() : percentText(rule.chance);
    case LinkVerb::Loss:
    case LinkVerb::Corrupt:
        return percentText(rule.chance);
    case LinkVerb::Reorder:
        return percentText(rule.chance) + u' ' + timeText(rule.delay);
    case LinkVerb::Seed:
        return QString::number(rule.seed);
    case LinkVerb::Rate:
        return u"%1 queue %2"_s.arg(rateText(rule.bitsPerSecond)).arg(rule.queue);
    case LinkVerb::Mtu:
        return QString::number(rule.mtu);
    case LinkVerb::Drop:
    case LinkVerb::Hold:
        return {};
    }
    return {};
}

} // namespace

LinkRules::Read LinkRules::read(const QString &text)
{
    static const QRegularExpression separator(u"[;\\r\\n]"_s);
    Read read;
    for (const QString &piece : text.split(separator)) {
        const QString written = piece.simplified();
        if (written.isEmpty())
            continue;
        LinkRuleReader reader(written);
        const auto verb = reader.verb();
        const auto rule = verb ? reader.rule(*verb) : std::nullopt;
        const QString quoted = written.size() > maxQuoted ? written.first(maxQuoted) + u'…' : written;
        if (!verb)
            return {{},
                    tr("“%1”: a rule begins with delay, loss, duplicate, reorder, corrupt, seed, rate, mtu, drop "
                       "or hold.")
                        .arg(quoted)};
        if (!rule)
            return {{}, tr("“%1”: %2").arg(quoted, usage(*verb))};
        read.rules.append(*rule);
    }
    if (read.rules.size() > maxRules)
        return {{}, tr("There are %1 rules, and at most %2 are possible.").arg(read.rules.size()).arg(maxRules)};
    return read;
}

QString LinkRules::text(const QList<LinkRule> &rules)
{
    QStringList texts;
    texts.reserve(rules.size());
    for (const LinkRule &rule : rules)
        texts.append(text(rule));
    return texts.join("; "_L1);
}

QString LinkRules::text(const LinkRule &rule)
{
    QStringList words{LinkRule::verbs.at(size_t(rule.verb))};
    if (rule.verb == LinkVerb::Hold && rule.segment)
        words.append(u"from"_s);
    if (rule.end)
        words.append(sideWords.at(size_t(*rule.end)));
    if (rule.segment)
        words.append(segmentText(rule));
    if (const QString value = valueText(rule); !value.isEmpty())
        words.append(value);
    return words.join(u' ');
}

QList<LinkRule> LinkRules::holds(const QList<LinkRule> &rules)
{
    QList<LinkRule> holds;
    std::ranges::copy_if(rules, std::back_inserter(holds),
                         [](const LinkRule &rule) { return rule.verb == LinkVerb::Hold; });
    return holds;
}

QList<LinkRule> LinkRules::conditions(const QList<LinkRule> &rules)
{
    QList<LinkRule> conditions;
    std::ranges::copy_if(rules, std::back_inserter(conditions),
                         [](const LinkRule &rule) { return rule.verb != LinkVerb::Hold; });
    return conditions;
}

QString LinkRules::usage(LinkVerb verb)
{
    switch (verb) {
    case LinkVerb::Delay:
        return tr("“delay” takes a time up to 60s, and a jitter that is not larger: “delay 50ms ±10ms”, "
                  "“delay client 50ms”; or one segment: “delay server ack 3 200ms”.");
    case LinkVerb::Loss:
        return tr("“loss” takes a percentage from 0% to 100%: “loss 2%”, “loss server 0.5%”.");
    case LinkVerb::Duplicate:
        return tr("“duplicate” takes a percentage from 0% to 100%: “duplicate 1%”; or one segment: "
                  "“duplicate client syn 1”, “duplicate server data 2x3”.");
    case LinkVerb::Reorder:
        return tr("“reorder” takes a percentage from 0% to 100%, and how late such a packet is: “reorder 5%”, "
                  "“reorder client 5% 20ms”.");
    case LinkVerb::Corrupt:
        return tr("“corrupt” takes a percentage from 0% to 100%: “corrupt 0.1%”, “corrupt client 1%”.");
    case LinkVerb::Seed:
        return tr("“seed” takes a whole number: “seed 7”.");
    case LinkVerb::Rate:
        return tr("“rate” takes a rate from 1kbit to 100gbit, and the packets that can wait: “rate 1mbit”, "
                  "“rate server 64kbit queue 20”.");
    case LinkVerb::Mtu:
        return tr("“mtu” takes a number of bytes from 68 to 65535: “mtu 576”.");
    case LinkVerb::Drop:
        return tr(
            "“drop” takes an end and one of its segments: “drop client data 2”, “drop server fin 1”. "
            "The third packet that carries data 2 is data 2x3. A connection has only one syn, syn-ack, fin and rst.");
    case LinkVerb::Hold:
        return tr("“hold” takes nothing, an end, or from when on: “hold”, “hold client”, "
                  "“hold from server fin”.");
    }
    return {};
}
