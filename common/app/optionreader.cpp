// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "optionreader.h"

#include "steps/steptext.h"
#include "version.h"

using namespace Qt::StringLiterals;

void OptionReader::add(const QStringList &names, const QString &description, const QString &value)
{
    m_parser.addOption(QCommandLineOption(names, description, value));
    for (const QString &name : names)
        m_firstNames.insert(name, names.constFirst());
}

QString OptionReader::parse(const QStringList &arguments, const QString &description, QLatin1StringView commandOption)
{
    m_parser.setApplicationDescription(description);
    m_parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsOptions);
    add({u"h"_s, u"help"_s}, tr("Print this help"));
    add({u"v"_s, u"version"_s}, tr("Print the version"));
    if (!m_parser.parse(arguments))
        fail(m_parser.errorText());
    else if (isSet("help"_L1))
        return m_parser.helpText().trimmed();
    else if (isSet("version"_L1))
        return Version::text();
    else if (!m_parser.positionalArguments().isEmpty() && (commandOption.isEmpty() || !isSet(commandOption)))
        fail(tr("unexpected argument '%1'").arg(m_parser.positionalArguments().constFirst()));
    return {};
}

QList<OptionReader::Given> OptionReader::given(QLatin1StringView first, QLatin1StringView second) const
{
    QStringList firstValues = texts(first);
    QStringList secondValues = texts(second);
    QList<Given> given;
    given.reserve(firstValues.size() + secondValues.size());
    // An option without its value, which is an error already, has a name here.
    const auto take = [](QStringList &values) { return values.isEmpty() ? QString() : values.takeFirst(); };
    for (const QString &name : m_parser.optionNames()) { // once for each time that an option was given
        const QString firstName = m_firstNames.value(name);
        if (firstName == first)
            given.append({first, take(firstValues)});
        else if (firstName == second)
            given.append({second, take(secondValues)});
    }
    return given;
}

void OptionReader::failValue(QLatin1StringView name, const QString &takes, const QString &value)
{
    fail(tr("%1 takes %2, not '%3'").arg(dashed(name), takes, value));
}

void OptionReader::fail(const QString &error, int status)
{
    if (!m_error.isEmpty())
        return;
    m_error = StepText::escaped(error.toUtf8()).text;
    m_status = status;
}

QString OptionReader::dashed(QLatin1StringView name)
{
    return (name.size() == 1 ? u"-"_s : u"--"_s) + name;
}
