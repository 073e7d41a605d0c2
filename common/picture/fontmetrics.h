// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladder/textmetrics.h"

#include <QFont>

class QPaintDevice;

/// Returns the metrics of a font: the wider of upright and italic. Needs a QGuiApplication.
TextMetrics textMetricsOf(const QFont &font, const QPaintDevice *device = nullptr);
