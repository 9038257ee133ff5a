// All of them share one Chromium.
import './browser/channel.ts';
import './browser/faults.ts';
import './browser/zap.ts';
