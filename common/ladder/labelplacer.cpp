// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "labelplacer.h"

#include <QStringTokenizer>

#include <algorithm>

namespace {

using Kind = LadderLabel::Kind;

constexpr double padding = 0.3; ///< of a step's box, on either side; in lines

/// How many lines a text may use before it is elided.
int maxLinesOf(Kind kind)
{
    switch (kind) {
    case Kind::Step:
    case Kind::InferredStep:
        return 2;
    case Kind::Event:
        return 4;
    default:
        return 1;
    }
}

bool isBold(Kind kind)
{
    return kind == Kind::EndName || kind == Kind::State;
}

/// The space beside a label's text, in lines: for its box, or for the mark that shows how a state is known.
std::pair<double, double> margins(Kind kind)
{
    if (kind == Kind::State || kind == Kind::StateAtTop)
        return {LadderLabel::stateMark, 0};
    const bool isBoxed = kind == Kind::Step || kind == Kind::InferredStep;
    return isBoxed ? std::pair(padding, padding) : std::pair(0.0, 0.0);
}

} // namespace

QString LabelPlacer::fitting(const std::array<QString, 4> &texts, double width, bool bold) const
{
    for (const QString &text : texts) {
        if (metrics.width(text, bold) <= width)
            return text;
    }
    return metrics.elided(texts.back(), width, bold);
}

QStringList LabelPlacer::evenLines(const QString &text, double width, int maxLines, TextMetrics::Break where) const
{
    QStringList lines = metrics.wrapped(text, width, maxLines, where);
    const bool isWhole = lines.join(u' ') == text;
    while (isWhole && lines.size() > 1) {
        width -= line;
        const QStringList even = metrics.wrapped(text, width, maxLines, where);
        if (even.size() != lines.size() || even.join(u' ') != text)
            break;
        lines = even;
    }
    return lines;
}

double LabelPlacer::fit(LadderLabel &label, double width) const
{
    const auto [left, right] = margins(label.kind);
    const double room = width - (left + right) * line;
    if (maxLinesOf(label.kind) > 1)
        label.text = metrics.wrapped(label.text, room, maxLinesOf(label.kind)).join(u'\n');
    else if (label.kind == Kind::Address)
        label.text = metrics.elidedInTheMiddle(label.text, room);
    else
        label.text = metrics.elided(label.text, room, isBold(label.kind));
    return widthOf(label);
}

double LabelPlacer::widthOf(const LadderLabel &label) const
{
    const auto [left, right] = margins(label.kind);
    double widest = 0;
    for (const QStringView text : QStringTokenizer(label.text, u'\n'))
        widest = std::max(widest, metrics.width(text, isBold(label.kind)));
    return widest + (left + right) * line;
}

void LabelPlacer::add(LadderScene &scene, LadderLabel label, double left, double y, double height) const
{
    if (label.text.isEmpty())
        return;
    const double firstLine = height - double(label.text.count(u'\n')) * line;
    label.rect = {left, y, widthOf(label), height};
    label.start = {left + margins(label.kind).first * line, y + firstLine / 2};
    scene.labels.push_back(std::move(label));
}
