// The page of a city in Shanghai's zone, as the server writes it or the phone has learned it.
if (typeof document !== "undefined") document.documentElement.dataset["zone"] = "Asia/Shanghai";
