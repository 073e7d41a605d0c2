// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "rulereader.h"

#include "messages/messagejson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace {

std::optional<int> wholeNumber(const QJsonValue &value)
{
    const double number = value.toDouble(-1);
    const int whole = number >= 0 && number <= ReplyRule::maxTimes ? int(number) : 0;
    return value.isDouble() && whole == number ? std::optional(whole) : std::nullopt;
}

} // namespace

RuleReader::RuleReader(const QJsonValue &entry)
    : m_rest(entry.toObject())
{
    if (!entry.isObject())
        fail(tr("A rule is an object in braces."));
}

ReplyRule RuleReader::rule()
{
    ReplyRule rule;
    text("name"_L1, rule.name);
    flag("enabled"_L1, rule.isEnabled);
    if (!m_rest.contains("when"_L1))
        fail(tr("“when” is missing."));
    word("when"_L1, ReplyRule::whenWords, rule.when);
    message("message"_L1, take("message"_L1), rule.message);
    text("expression"_L1, rule.expression);
    flag("as-text"_L1, rule.asText);
    number("ms"_L1, rule.ms);
    reply(rule);
    word("then"_L1, ReplyRule::thenWords, rule.then);
    number("delay"_L1, rule.delayMs);
    pieces(rule.pieces);
    number("gap"_L1, rule.gapMs);
    often(rule);
    word("to"_L1, ReplyRule::toWords, rule.to);
    if (!m_rest.isEmpty())
        fail(tr("“%1” is not a field of a rule.").arg(m_rest.begin().key()));
    if (const auto mistakes = rule.mistakes(); !mistakes.isEmpty())
        fail(tr("“%1”: %2").arg(mistakes.constFirst().field, mistakes.constFirst().sentence));
    return rule;
}

QJsonValue RuleReader::take(QLatin1StringView field)
{
    const QJsonValue value = m_rest.value(field);
    m_rest.remove(field);
    return value;
}

void RuleReader::text(QLatin1StringView field, QString &to)
{
    const QJsonValue value = take(field);
    if (value.isString())
        to = value.toString();
    else if (!value.isUndefined())
        takes(field, tr("text in quotation marks"));
}

void RuleReader::flag(QLatin1StringView field, bool &to)
{
    const QJsonValue value = take(field);
    if (value.isBool())
        to = value.toBool();
    else if (!value.isUndefined())
        takes(field, tr("true or false"));
}

void RuleReader::number(QLatin1StringView field, int &to)
{
    const QJsonValue value = take(field);
    if (value.isUndefined())
        return;
    if (const auto number = wholeNumber(value))
        to = *number;
    else
        takes(field, tr("a whole number from 0"));
}

void RuleReader::message(QLatin1StringView field, const QJsonValue &value, TypedMessage &to)
{
    if (value.isUndefined())
        return;
    if (!value.isObject())
        return takes(field, tr("a message, as {\"text\": \"Hi\"}"));
    const QJsonObject object = value.toObject();
    for (auto part = object.begin(); part != object.end(); ++part) {
        const bool isKnown = part.key() == "text"_L1 || part.key() == "form"_L1 || part.key() == "encoding"_L1 ||
                             part.key() == "line-breaks"_L1;
        if (!isKnown)
            fail(tr("“%1”: “%2” is not a field of a message in a rule.").arg(field, part.key()));
    }
    const auto read = MessageJson::read(object);
    if (const auto *sentence = std::get_if<QString>(&read))
        fail(tr("“%1”: %2").arg(field, *sentence));
    else
        to = std::get<TypedMessage>(read);
}

template<typename Value>
void RuleReader::word(QLatin1StringView field, std::span<const QLatin1StringView> words, Value &to)
{
    const QJsonValue value = take(field);
    if (value.isUndefined())
        return;
    QStringList known;
    known.reserve(qsizetype(words.size()));
    for (size_t i = 0; i < words.size(); ++i) {
        if (value.isString() && value.toString() == words[i]) {
            to = Value(i);
            return;
        }
        known.append(u'“' + words[i] + u'”');
    }
    takes(field, known.join(u", "_s));
}

void RuleReader::reply(ReplyRule &rule)
{
    const QJsonValue value = take("reply"_L1);
    rule.answer = ReplyRule::Answer::None;
    if (value.isUndefined() || value == "none"_L1)
        return;
    if (value == "echo"_L1)
        rule.answer = ReplyRule::Answer::Echo;
    else if (!value.isObject())
        takes("reply"_L1, tr("“none”, “echo” or a message, as {\"text\": \"Hi\"}"));
    else
        rule.answer = ReplyRule::Answer::Message;
    if (rule.answer == ReplyRule::Answer::Message)
        message("reply"_L1, value, rule.reply);
}

void RuleReader::pieces(QList<int> &to)
{
    const QJsonValue value = take("pieces"_L1);
    const QJsonArray sizes = value.toArray();
    bool isRight = value.isUndefined() || value.isArray();
    to.reserve(sizes.size());
    for (const auto size : sizes) {
        const auto number = wholeNumber(size);
        isRight = isRight && number;
        to.append(number.value_or(1));
    }
    if (!isRight)
        takes("pieces"_L1, tr("a list of numbers of bytes, as [1, 2]"));
}

void RuleReader::often(ReplyRule &rule)
{
    const bool isFirst = m_rest.contains("first"_L1);
    const bool isFrom = m_rest.contains("from"_L1);
    if (isFirst && isFrom)
        fail(tr("“first” and “from” cannot be used together."));
    if (isFirst || isFrom)
        rule.often = isFirst ? ReplyRule::Often::First : ReplyRule::Often::From;
    number("first"_L1, rule.times);
    number("from"_L1, rule.times);
}

void RuleReader::takes(QLatin1StringView field, const QString &what)
{
    fail(tr("“%1” takes %2.").arg(field, what));
}

void RuleReader::fail(const QString &sentence)
{
    if (m_error.isEmpty())
        m_error = sentence;
}
