// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "selection.h"

#include "laddermodel.h"
#include "ladderrows.h"

Selection::Selection(const LadderModel &model, QObject *parent)
    : QObject(parent)
    , m_model(model)
{
    connect(&model, &LadderModel::reset, this, [this] { m_segment = {}; }); // it may be another flow
}

void Selection::selectStep(StepRow step, const QObject *by)
{
    selectRow({}, step, by);
}

void Selection::selectSegment(FlowRow segment, const QObject *by)
{
    const LadderIndex row = m_model.rowOfSegment(segment);
    if (row.value() < m_model.count())
        selectRow(segment, LadderRows::stepThatGoesWith(m_model, row), by);
}

void Selection::selectRow(FlowRow segment, StepRow step, const QObject *by)
{
    m_segment = segment;
    m_step = step;
    emit changed(by);
}

#include "moc_selection.cpp"
