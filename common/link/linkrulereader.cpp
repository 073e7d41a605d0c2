// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkrulereader.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Unit {
    QLatin1StringView word;
    qint64 factor;
};

constexpr std::array<Unit, 3> timeUnits{Unit{"us"_L1, 1}, Unit{"ms"_L1, 1'000}, Unit{"s"_L1, 1'000'000}};
constexpr std::array<Unit, 4> rateUnits{Unit{"gbit"_L1, 1'000'000'000}, Unit{"mbit"_L1, 1'000'000},
                                        Unit{"kbit"_L1, 1'000}, Unit{"bit"_L1, 1}};
constexpr std::array<Unit, 1> percentUnits{Unit{"%"_L1, 10'000}};

bool isDigits(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// "1.5", times factor. Nothing if it is no number, has too many digits, or the product is not whole.
std::optional<qint64> scaled(QStringView text, qint64 factor)
{
    constexpr qsizetype maxDigits = 9;
    const qsizetype point = text.indexOf(u'.');
    const QStringView whole = point < 0 ? text : text.first(point);
    const QStringView fraction = point < 0 ? QStringView(u"0") : text.sliced(point + 1);
    if (!isDigits(whole) || !isDigits(fraction) || whole.size() > maxDigits || fraction.size() > maxDigits)
        return {};
    qint64 value = whole.toLongLong() * factor;
    for (const QChar digit : fraction) {
        const int number = digit.digitValue();
        if (number > 0 && (factor == 0 || factor % 10 != 0))
            return {};
        factor /= 10;
        value += number * factor;
    }
    return value;
}

/// "1.5mbit", with one of these units.
template<size_t count>
std::optional<qint64> measured(const QString &text, const std::array<Unit, count> &units)
{
    for (const Unit &unit : units) {
        if (text.endsWith(unit.word))
            return scaled(QStringView(text).chopped(unit.word.size()), unit.factor);
    }
    return {};
}

template<typename Value, size_t count>
bool isWordOf(const std::array<QLatin1StringView, count> &words, const QString &text, Value &to)
{
    const auto found = std::find(words.begin(), words.end(), text);
    if (found == words.end())
        return false;
    to = Value(found - words.begin());
    return true;
}

/// One space between all words, and none between a number and its unit.
QString prepared(QString rule)
{
    static const QRegularExpression beforeUnit(u"(?<=[0-9]) (?=(us|ms|s|bit|kbit|mbit|gbit|%)( |$))"_s);
    return rule.replace("+-"_L1, u"±"_s).replace(u'±', u" ±"_s).toLower().simplified().remove(beforeUnit);
}

} // namespace

LinkRuleReader::LinkRuleReader(const QString &rule)
    : m_words(prepared(rule).split(u' ', Qt::SkipEmptyParts))
{
}

std::optional<LinkVerb> LinkRuleReader::verb()
{
    LinkVerb verb{};
    return isWordOf(LinkRule::verbs, take(), verb) ? std::optional(verb) : std::nullopt;
}

std::optional<LinkRule> LinkRuleReader::rule(LinkVerb verb)
{
    LinkRule rule;
    rule.verb = verb;
    return parameters(rule) && m_words.isEmpty() ? std::optional(rule) : std::nullopt;
}

bool LinkRuleReader::parameters(LinkRule &rule)
{
    switch (rule.verb) {
    case LinkVerb::Delay:
        return delay(rule);
    case LinkVerb::Duplicate:
        end(rule);
        return rule.end && isNextAKind() ? segment(rule) : chance(rule);
    case LinkVerb::Loss:
    case LinkVerb::Corrupt:
        end(rule);
        return chance(rule);
    case LinkVerb::Reorder:
        end(rule);
        rule.delay = LinkRule::defaultLateness;
        return chance(rule) && (m_words.isEmpty() || (time(rule.delay) && rule.delay.count() > 0));
    case LinkVerb::Seed:
        return number(rule.seed, quint64(0), ~quint64(0));
    case LinkVerb::Rate:
        return rate(rule);
    case LinkVerb::Mtu:
        return number(rule.mtu, LinkRule::minMtu, LinkRule::maxMtu);
    case LinkVerb::Drop:
        return end(rule) && segment(rule);
    case LinkVerb::Hold:
        return hold(rule);
    }
    return false;
}

bool LinkRuleReader::delay(LinkRule &rule)
{
    end(rule);
    if (rule.end && isNextAKind())
        return segment(rule) && time(rule.delay);
    if (!time(rule.delay))
        return false;
    if (m_words.isEmpty())
        return true;
    if (!m_words.constFirst().startsWith(u'±'))
        return false;
    m_words.first().remove(0, 1);
    if (m_words.constFirst().isEmpty()) // "± 10ms"
        m_words.removeFirst();
    return time(rule.jitter) && rule.jitter <= rule.delay;
}

bool LinkRuleReader::chance(LinkRule &rule)
{
    const auto millionths = measured(take(), percentUnits);
    if (!millionths || *millionths > LinkRule::always)
        return false;
    rule.chance = quint32(*millionths);
    return true;
}

bool LinkRuleReader::rate(LinkRule &rule)
{
    end(rule);
    const auto rate = measured(take(), rateUnits);
    if (!rate || *rate < LinkRule::minRate || *rate > LinkRule::maxRate)
        return false;
    rule.bitsPerSecond = *rate;
    if (!isNext("queue"_L1))
        return true;
    take();
    return number(rule.queue, 1, LinkRule::maxQueue);
}

bool LinkRuleReader::hold(LinkRule &rule)
{
    if (!isNext("from"_L1)) {
        end(rule);
        return true;
    }
    take();
    return end(rule) && kind(rule.segment.emplace());
}

/// "data 2x3"
bool LinkRuleReader::segment(LinkRule &rule)
{
    SegmentName &name = rule.segment.emplace();
    if (!kind(name))
        return false;
    QString ordinal = take();
    if (const qsizetype x = ordinal.indexOf(u'x'); x >= 0) {
        m_words.prepend(ordinal.sliced(x + 1));
        ordinal.truncate(x);
        if (name.kind == SegmentKind::Ack || !number(name.copy, 1U, SegmentName::maxNumber))
            return false;
    }
    m_words.prepend(ordinal);
    return number(name.number, 1U, SegmentName::isNumbered(name.kind) ? SegmentName::maxNumber : 1U);
}

bool LinkRuleReader::kind(SegmentName &name)
{
    return isWordOf(segmentKindWords, take(), name.kind);
}

bool LinkRuleReader::isNextAKind() const
{
    SegmentKind kind{};
    return !m_words.isEmpty() && isWordOf(segmentKindWords, m_words.constFirst(), kind);
}

/// False if the next word is no end.
bool LinkRuleReader::end(LinkRule &rule)
{
    Side end{};
    if (m_words.isEmpty() || !isWordOf(sideWords, m_words.constFirst(), end))
        return false;
    rule.end = end;
    take();
    return true;
}

bool LinkRuleReader::time(LinkRule::Duration &to)
{
    const auto microseconds = measured(take(), timeUnits);
    to = LinkRule::Duration(microseconds.value_or(0));
    return microseconds && to <= LinkRule::maxDelay;
}

template<typename Number>
bool LinkRuleReader::number(Number &to, Number lowest, Number highest)
{
    const QString word = take();
    bool isNumber = false;
    const quint64 value = word.toULongLong(&isNumber);
    if (!isDigits(word) || !isNumber || value < quint64(lowest) || value > quint64(highest))
        return false;
    to = Number(value);
    return true;
}
