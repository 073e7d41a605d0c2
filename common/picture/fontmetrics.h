// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladder/textmetrics.h"

#include <QFont>

class QPaintDevice;

/// The numbers of a font, upright or italic, whichever is wider. Needs a QGuiApplication.
TextMetrics textMetricsOf(const QFont &font, const QPaintDevice *device = nullptr);
