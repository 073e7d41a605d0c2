// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What stays above the rows: the two ends, their states, and sentences about the picture.

#include "ladderlayout.h"
#include "laddertext.h"

#include <algorithm>

double LadderLayout::headerHeight() const
{
    return (3.6 + double(legendLines().size())) * m_columns.line;
}

LadderScene LadderLayout::header(const std::array<LadderState, 2> &states) const
{
    LadderScene scene;
    scene.width = m_columns.width;
    scene.unit = m_columns.line;
    scene.bottom = headerHeight();
    const double margin = 0.3 * m_columns.line;
    const double middle = m_columns.width / 2;
    for (const Side side : {Side::Client, Side::Server}) {
        const double left = side == Side::Client ? margin : middle + margin;
        const double room = middle - 2 * margin;
        double y = 0.2 * m_columns.line;
        const auto add = [&](LadderLabel label) {
            label.side = side;
            const double width = m_labels.fit(label, room);
            m_labels.add(scene, label, std::clamp(m_columns.x(side) - width / 2, left, left + room - width), y,
                         m_columns.line);
            y += m_columns.line;
        };
        add({.kind = LadderLabel::Kind::EndName, .text = LadderText::endName(side)});
        add({.kind = LadderLabel::Kind::Address, .text = m_source.addresses[size_t(side)]});
        const LadderState &state = states[size_t(side)];
        if (state.source == LadderState::Source::Unknown)
            continue;
        const double mark = LadderLabel::stateMark * m_columns.line;
        add({.kind = LadderLabel::Kind::StateAtTop,
             .text = m_labels.fitting(LadderText::stateAtTop(state), room - mark, false),
             .source = state.source});
    }
    double y = 3.4 * m_columns.line;
    for (const QString &text : legendLines()) {
        m_labels.add(scene, {.kind = LadderLabel::Kind::Legend, .text = text}, margin, y, m_columns.line);
        y += m_columns.line;
    }
    return scene;
}

QStringList LadderLayout::legendLines() const
{
    constexpr int maxLines = 2; // of each sentence
    QStringList lines;
    for (const QString &sentence : m_source.legend)
        lines += m_labels.metrics.wrapped(sentence, m_columns.width - m_columns.line, maxLines);
    return lines;
}
