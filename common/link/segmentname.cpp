// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "segmentname.h"

QString SegmentName::text() const
{
    const QString name = segmentKindWords.at(size_t(kind)) + u' ' + QString::number(number);
    return copy == 1 ? name : name + u'x' + QString::number(copy);
}
