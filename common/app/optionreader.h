// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QCommandLineParser>
#include <QCoreApplication>

#include <optional>

/// Reads the options of a command line one after the other. The first wrong value sets error(); the rest is ignored.
/// Used only while a CommandLine is parsed.
class OptionReader
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
public:
    void add(const QStringList &names, const QString &description, const QString &value = {});

    /// Call it after add(). Returns what --help or --version prints, or nothing.
    /// Arguments that are no options are wrong, except with commandOption.
    QString parse(const QStringList &arguments, const QString &description, QLatin1StringView commandOption = {});
    QStringList command() const { return m_parser.positionalArguments(); }
    const QString &error() const { return m_error; } ///< one line, or empty
    int status() const { return m_status; }          ///< of the exit: 0 if there is no error

    bool isSet(QLatin1StringView name) const { return m_parser.isSet(QString(name)); }
    QString text(QLatin1StringView name) const { return m_parser.value(QString(name)); }
    QStringList texts(QLatin1StringView name) const { return m_parser.values(QString(name)); }

    struct Given {
        QLatin1StringView name;
        QString value;
    };
    /// What two options were given, in the order of the command line.
    QList<Given> given(QLatin1StringView first, QLatin1StringView second) const;

    /// toValue returns a std::optional; takes describes the values that the option takes.
    template<typename T, typename Parse>
    void read(QLatin1StringView name, const QString &takes, std::optional<T> &to, Parse toValue)
    {
        if (!isSet(name))
            return;
        to = toValue(text(name));
        if (!to)
            failValue(name, takes, text(name));
    }

    void failValue(QLatin1StringView name, const QString &takes, const QString &value);
    /// The sentence may contain what the user typed, and yet is one line. status: of the exit.
    void fail(const QString &error, int status = 2);

    static QString dashed(QLatin1StringView name); ///< "-m", "--framing"

private:
    QCommandLineParser m_parser;
    QHash<QString, QString> m_firstNames; ///< of the option with this name
    QString m_error;
    int m_status = 0;
};
