// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// Prints the figures that scripts/bench documents: one line per figure, with its bound and "ok" or "OVER". --short
// runs everything with little data, and compares no bounds.
// Usage: bench [--short] [--json FILE] [--only KEY]

#include "figures.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>
#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace {

QString number(double value)
{
    return QString::number(value, 'f', value < 10 ? 2 : value < 1000 ? 1 : 0);
}

void print(const Figure &figure, bool isJudged)
{
    const QString bound = (figure.bound == Figure::Bound::AtMost ? u"≤ "_s : u"≥ "_s) + number(figure.limit);
    const QString verdict = !isJudged ? u"-"_s : figure.isKept() ? u"ok"_s : u"OVER"_s;
    const QString line = u"%1  %2 %3  %4  %5  %6\n"_s.arg(
        figure.name.leftJustified(62), number(figure.value).rightJustified(9), figure.unit.leftJustified(8),
        bound.leftJustified(11), verdict.leftJustified(4), figure.how);
    std::fputs(line.toUtf8().constData(), stdout);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{u"short"_s, u"Measure little data, and compare no bounds."_s},
                       {u"json"_s, u"Write the figures to FILE."_s, u"FILE"_s},
                       {u"only"_s, u"Measure only the row KEY."_s, u"KEY"_s}});
    parser.addHelpOption();
    parser.process(application);
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max; // one end of the 9,000 connections is in this process
    setrlimit(RLIMIT_NOFILE, &files);

    const Scale scale{.isShort = parser.isSet(u"short"_s)};
    QJsonArray figures;
    bool isKept = true;
    std::vector<BenchRow> rows = conversationRows();
    for (const auto &more : {windowRows(), wireRows(), burstRows(), linkRows(), sendingRows(), stepRows()})
        rows.insert(rows.end(), more.begin(), more.end());
    for (const BenchRow &row : rows) {
        if (parser.isSet(u"only"_s) ? parser.value(u"only"_s) != row.key : row.isInner)
            continue;
        for (const Figure &figure : row.measure(scale)) {
            print(figure, !scale.isShort);
            QJsonObject object = figure.toJson();
            object.insert(u"row"_s, row.key);
            figures.append(object);
            isKept = isKept && (scale.isShort || figure.isKept());
        }
    }
    if (parser.isSet(u"json"_s)) {
        QFile file(parser.value(u"json"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(figures).toJson()) < 0) {
            std::fputs("bench: the JSON file cannot be written\n", stderr);
            return 2;
        }
    }
    return isKept ? 0 : 1;
}
